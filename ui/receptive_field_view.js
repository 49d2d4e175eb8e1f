// The image and the layer's output side by side. The position in the output, chosen with the pointer or the arrow keys,
// decides which patch of the image is lit.

const fields = new WeakMap() // by element: the position that is chosen

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".field")
  const [height, width] = [data.rows.length, data.columns.length]
  const [image, map] = [root.querySelector(".image"), root.querySelector(".map")]
  const before = fields.get(root)
  const isKnown = before && before.height === height && before.width === width
  let { row, column } = isKnown ? before : { row: Math.floor(height / 2), column: Math.floor(width / 2) }

  const side = Math.max(data.height, data.width)
  image.setAttribute("viewBox", `0 0 ${data.width} ${data.height}`)
  image.setAttribute("aria-label", data.texts.image)
  set(image.querySelector("image"), { href: data.image, width: data.width, height: data.height })
  map.setAttribute("viewBox", `0 0 ${width} ${height}`)
  map.setAttribute("aria-label", data.texts.map)
  set(map.querySelector(".whole"), { width, height })
  root.style.setProperty("--stroke", side / 60)
  choose(row, column)

  map.onpointermove = map.onpointerdown = event => {
    const box = map.getBoundingClientRect()
    choose(
      Math.floor(((event.clientY - box.top) / box.height) * height),
      Math.floor(((event.clientX - box.left) / box.width) * width)
    )
  }
  map.onkeydown = event => {
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (!steps) return
    event.preventDefault()
    choose(row + steps[0], column + steps[1])
  }

  function choose(newRow, newColumn) {
    row = Math.min(Math.max(newRow, 0), height - 1)
    column = Math.min(Math.max(newColumn, 0), width - 1)
    fields.set(root, { row, column, height, width })
    set(map.querySelector(".here"), { x: column, y: row, width: 1, height: 1 })
    light(data.rows[row], data.columns[column])
    const { texts } = data
    const position = fill(texts.position, { row: row + 1, column: column + 1 })
    root.querySelector(".position").textContent = position
    map.setAttribute("aria-valuetext", position)
    map.setAttribute("aria-valuenow", row * width + column)
  }

  function light([top, bottom], [left, right]) {
    const isSeen = bottom > top && right > left
    const patch = isSeen ? { x: left, y: top, width: right - left, height: bottom - top } : { x: 0, y: 0, width: 0, height: 0 }
    set(image.querySelector(".patch"), patch)
    const whole = `M0 0H${data.width}V${data.height}H0Z`
    const hole = isSeen ? `M${left} ${top}V${bottom}H${right}V${top}Z` : ""
    set(image.querySelector(".dim"), { d: whole + hole })
    root.querySelector(".seen").textContent = isSeen
      ? fill(data.texts.seen, { top: top + 1, bottom, left: left + 1, right })
      : data.texts.nothing
  }
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name])
}
