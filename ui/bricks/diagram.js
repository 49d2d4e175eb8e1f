// The brick diagram: Python draws it; a click, Enter or Space on a brick opens its layer, arrow keys go from one to the
// next. The line below says at once what the brick under the pointer is.

const NARROW = 700 // pixels; below it, rows are shorter and texts larger
const observers = new WeakMap() // by element: who notices that the page becomes narrower or wider

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".bricks")
  const told = root.querySelector(".told")
  const focused = root.querySelector(".brick:focus")?.dataset.place
  const drawing = put(root.querySelector(".drawing"), data.drawing)
  root.dataset.narrow = data.narrow
  mark(data.opened)
  if (focused) drawing.querySelector(named(focused))?.focus()
  observers.get(root)?.disconnect()
  const observer = new ResizeObserver(tellWidth)
  observer.observe(root) // which also tells at once
  observers.set(root, observer)

  root.onclick = event => open(brickAt(event))
  root.onkeydown = event => {
    const brick = brickAt(event)
    if (!brick) return
    if (event.key === "Enter" || event.key === " ") open(brick)
    else if (!go(brick, event.key)) return
    event.preventDefault()
  }
  root.onpointerover = root.onfocusin = event => tell(event.target.closest(".brick"))
  root.onpointerleave = root.onfocusout = () => tell(null)

  function tellWidth() {
    const isNarrow = root.clientWidth < NARROW
    if (root.clientWidth && isNarrow !== data.narrow) setStateValue("narrow", isNarrow)
  }

  function open(brick) {
    if (!brick || brick.dataset.place === root.dataset.opened) return
    mark(brick.dataset.place)
    setTriggerValue("opened", brick.dataset.place)
  }

  function mark(place) {
    root.dataset.opened = place ?? ""
    const bricks = [...drawing.querySelectorAll("[data-place]")]
    const opened = bricks.find(brick => brick.dataset.place === place)
    for (const brick of bricks) {
      brick.setAttribute("role", "button")
      brick.setAttribute("aria-current", brick === opened)
      brick.setAttribute("tabindex", brick === (opened ?? bricks[0]) ? 0 : -1)
    }
    tell(null)
    scrollTo(opened)
  }

  function scrollTo(brick) {
    if (!brick) return
    const box = brick.closest(".drawing")
    const [shown, here] = [box.getBoundingClientRect(), brick.getBoundingClientRect()]
    if (here.top < shown.top) box.scrollTop += here.top - shown.top
    else if (here.bottom > shown.bottom) box.scrollTop += here.bottom - shown.bottom
  }

  function go(brick, key) {
    const bricks = [...drawing.querySelectorAll("[data-place]")]
    const position = bricks.indexOf(brick)
    const next = { ArrowLeft: position - 1, ArrowRight: position + 1, Home: 0, End: bricks.length - 1 }[key]
    bricks[next]?.focus()
    return next !== undefined
  }

  function tell(brick) {
    const shown = brick ?? drawing.querySelector("[aria-current=true]")
    told.textContent = shown?.querySelector("title").textContent ?? data.hint
    told.classList.toggle("hint", !shown)
  }

  function brickAt(event) {
    return event.target.closest("[data-place]")
  }
}

function put(place, drawing) {
  place.innerHTML = drawing
  const svg = place.firstElementChild
  svg.setAttribute("role", "group")
  return svg
}

function named(place) {
  return `[data-place="${CSS.escape(place)}"]`
}
