// The heat map over its image. How much of it is seen is the browser's affair, so that the slider moves it at once.

let opacity = 60 // percent; the same for every heat map, and kept while others are looked at

export default function ({ data, parentElement }) {
  const [image, map, slider] = [".image", ".map", "input"].map(each => parentElement.querySelector(each))
  image.src = data.image
  image.alt = data.texts.image
  map.src = data.map
  parentElement.querySelector(".low").textContent = data.texts.low
  parentElement.querySelector(".high").textContent = data.texts.high
  parentElement.querySelector(".ramp").style.background = data.colours
  parentElement.querySelector(".title").textContent = data.texts.opacity
  slider.oninput = () => fade(Number(slider.value))
  fade(opacity)

  function fade(percent) {
    opacity = percent
    slider.value = percent
    map.style.opacity = percent / 100
    parentElement.querySelector(".share").textContent = `${percent}%`
  }
}
