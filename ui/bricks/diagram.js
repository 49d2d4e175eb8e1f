// The brick diagram: Python draws it; a click, Enter or Space on a brick opens its layer, arrow keys go from one to the
// next. The line below says at once what the brick under the pointer is.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".bricks")
  const told = root.querySelector(".told")
  const focused = root.querySelector(".brick:focus")?.dataset.place
  const drawings = ["wide", "narrow"].map(name => put(root.querySelector(`.${name}`), data[name]))
  mark(data.opened)
  if (focused) visible()?.querySelector(named(focused))?.focus()

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

  function open(brick) {
    if (!brick || brick.dataset.place === root.dataset.opened) return
    mark(brick.dataset.place)
    setTriggerValue("opened", brick.dataset.place)
  }

  function mark(place) {
    root.dataset.opened = place ?? ""
    for (const drawing of drawings) {
      const bricks = [...drawing.querySelectorAll("[data-place]")]
      const opened = bricks.find(brick => brick.dataset.place === place)
      for (const brick of bricks) {
        brick.setAttribute("role", "button")
        brick.setAttribute("aria-current", brick === opened)
        brick.setAttribute("tabindex", brick === (opened ?? bricks[0]) ? 0 : -1)
      }
    }
    tell(null)
    scrollTo(visible()?.querySelector("[aria-current=true]"))
  }

  function scrollTo(brick) {
    if (!brick) return
    const box = brick.closest(".wide, .narrow")
    const [shown, here] = [box.getBoundingClientRect(), brick.getBoundingClientRect()]
    if (here.top < shown.top) box.scrollTop += here.top - shown.top
    else if (here.bottom > shown.bottom) box.scrollTop += here.bottom - shown.bottom
  }

  function go(brick, key) {
    const bricks = [...visible().querySelectorAll("[data-place]")]
    const position = bricks.indexOf(brick)
    const next = { ArrowLeft: position - 1, ArrowRight: position + 1, Home: 0, End: bricks.length - 1 }[key]
    bricks[next]?.focus()
    return next !== undefined
  }

  function tell(brick) {
    const shown = brick ?? visible()?.querySelector("[aria-current=true]")
    told.textContent = shown?.querySelector("title").textContent ?? data.hint
    told.classList.toggle("hint", !shown)
  }

  function visible() {
    return drawings.find(drawing => drawing.getClientRects().length)
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
