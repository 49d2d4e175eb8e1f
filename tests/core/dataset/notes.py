"""Image files with notes, each of which holds the word `SECRET`."""

import struct
import zlib
from collections.abc import Callable, Mapping

from PIL import Image, PngImagePlugin, TiffImagePlugin

from tests.core.dataset.builders import image_bytes, noise

SECRET = b"SeoulStation37.5547N"
XMP = b"<x:xmpmeta><rdf:Description exif:GPSLatitude='" + SECRET + b"'/></x:xmpmeta>"
PICTURE = Image.fromarray(noise(24, 20))
_GPS_LATITUDE, _GPS_PLACE = 2, 27


def exif(orientation: int | None = None, thumbnail: bool = False) -> bytes:
    """EXIF as a camera writes it: who, where, notes of the maker and, if it is asked for, a small copy of the photo."""
    tags = Image.Exif()
    tags[0x010F] = SECRET.decode()
    tags[0x9286] = SECRET
    tags[0x927C] = SECRET
    tags.get_ifd(0x8825).update({_GPS_LATITUDE: (37.0, 33.0, 16.9), _GPS_PLACE: SECRET})
    if orientation is not None:
        tags[0x0112] = orientation
    return with_thumbnail(tags.tobytes()) if thumbnail else tags.tobytes()


def with_thumbnail(content: bytes) -> bytes:
    """``content`` with a second directory, which holds a JPEG with a comment, as EXIF 2.3, 4.6.3 has it."""
    head, tiff = content[:6], content[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack(order + "I", tiff[4:8])
    (tags,) = struct.unpack(order + "H", tiff[first : first + 2])
    link = first + 2 + 12 * tags
    small = image_bytes(PICTURE.resize((5, 6)), "JPEG", comment=SECRET)
    begin = len(tiff) + 2 + 2 * 12 + 4
    directory = struct.pack(order + "HHHIIHHIII", 2, 0x0201, 4, 1, begin, 0x0202, 4, 1, len(small), 0)
    return head + tiff[:link] + struct.pack(order + "I", len(tiff)) + tiff[link + 4 :] + directory + small


def jpeg(**options: object) -> bytes:
    return image_bytes(PICTURE, "JPEG", **options)


def png_with_chunk(kind: bytes, content: bytes, last: bool = False) -> bytes:
    """A PNG with one chunk more, behind its head or behind its pixels."""
    data = image_bytes(PICTURE)
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    place = len(data) - 12 if last else 33
    return data[:place] + chunk + data[place:]


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content


def jpeg_with_segment(marker: int, content: bytes) -> bytes:
    data = jpeg()
    return data[:2] + _segment(marker, content) + data[2:]


def jpeg_with_jfif_thumbnail() -> bytes:
    data = jpeg()
    thumbnail = (SECRET * 3)[:27]  # 3 × 3 pixels of three bytes
    return data[:2] + _segment(0xE0, data[6:18] + b"\x03\x03" + thumbnail) + data[20:]


def _png_text() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return image_bytes(PICTURE, pnginfo=texts)


def _description() -> TiffImagePlugin.ImageFileDirectory_v2:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = SECRET.decode()
    return tags


def _tiff_of_two_pages() -> bytes:
    second = PICTURE.copy()
    second.encoderinfo = {"tiffinfo": _description()}
    return image_bytes(PICTURE, "TIFF", save_all=True, append_images=[second])


def _gif() -> bytes:
    return image_bytes(PICTURE.quantize(16), "GIF", comment=SECRET)


LOSSLESS: Mapping[str, Callable[[], bytes]] = {
    "JPEG with EXIF": lambda: jpeg(exif=exif()),
    "JPEG with EXIF and a thumbnail": lambda: jpeg(exif=exif(1, thumbnail=True)),
    "progressive JPEG with EXIF": lambda: jpeg(exif=exif(), progressive=True),
    "grey JPEG with EXIF": lambda: image_bytes(PICTURE.convert("L"), "JPEG", exif=exif()),
    "CMYK JPEG with EXIF": lambda: image_bytes(PICTURE.convert("CMYK"), "JPEG", exif=exif()),
    "JPEG with a comment": lambda: jpeg(comment=SECRET),
    "JPEG with XMP": lambda: jpeg_with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
    "JPEG with IPTC": lambda: jpeg_with_segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x14" + SECRET),
    "JPEG with notes of a phone": lambda: jpeg_with_segment(0xE5, SECRET),
    "JPEG with a JFIF thumbnail": jpeg_with_jfif_thumbnail,
    "JPEG with another picture behind it": lambda: jpeg() + jpeg(comment=SECRET),
    "JPEG with restart markers": lambda: jpeg(exif=exif(), restart_marker_blocks=1),
    "PNG with EXIF": lambda: image_bytes(PICTURE, exif=exif()),
    "PNG with EXIF behind the pixels": lambda: png_with_chunk(b"eXIf", exif()[6:], last=True),
    "PNG with texts": _png_text,
    "PNG with a program's own chunk": lambda: png_with_chunk(b"prVt", SECRET),
    "PNG with something behind it": lambda: image_bytes(PICTURE) + SECRET,
    "WebP with EXIF": lambda: image_bytes(PICTURE, "WEBP", exif=exif()),
    "WebP with XMP": lambda: image_bytes(PICTURE, "WEBP", xmp=XMP, lossless=True),
    "GIF with a comment": _gif,
}
SAVED_ANEW: Mapping[str, Callable[[], bytes]] = {
    "TIFF with a description": lambda: image_bytes(PICTURE, "TIFF", tiffinfo=_description()),
    "TIFF with EXIF": lambda: image_bytes(PICTURE, "TIFF", exif=exif()),
    "TIFF of two pages, the second with a description": _tiff_of_two_pages,
    "turned PNG": lambda: image_bytes(PICTURE, exif=exif(6)),
    "turned WebP": lambda: image_bytes(PICTURE, "WEBP", exif=exif(3)),
    "turned TIFF": lambda: image_bytes(PICTURE, "TIFF", exif=exif(6)),
}
WITHOUT_NOTES: Mapping[str, Callable[[], bytes]] = {
    file_format: lambda file_format=file_format: image_bytes(PICTURE, file_format)
    for file_format in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
} | {
    "JPEG with a colour profile": lambda: jpeg(icc_profile=b"a profile"),
    "WebP with a colour profile": lambda: image_bytes(PICTURE, "WEBP", icc_profile=b"a profile"),
    "PNG with a resolution": lambda: image_bytes(PICTURE, dpi=(300, 300)),
    "GIF that moves": lambda: image_bytes(
        PICTURE, "GIF", save_all=True, append_images=[PICTURE.rotate(180)], loop=0, duration=50
    ),
    "PNG that moves": lambda: image_bytes(PICTURE, save_all=True, append_images=[PICTURE.rotate(180)]),
}
