// The layer list: one option per layer. A click, an arrow key, Home or End opens a layer; Python answers with new data.

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".list")
  const rows = list.querySelector(".rows")
  const wasOpen = rows.dataset.open

  list.querySelector(".heading").replaceChildren(
    cell("what", data.titles.layer),
    cell("shape", data.titles.shape),
    cell("parameters", data.titles.parameters)
  )
  list.querySelector(".image").replaceChildren(
    cell("number", ""),
    cell("what", data.titles.image),
    cell("shape", data.image),
    cell("parameters", "")
  )
  rows.setAttribute("aria-label", data.titles.list)
  rows.replaceChildren(...data.rows.map(row))
  mark(data.open)
  if (wasOpen !== rows.dataset.open) scrollToOpen()

  rows.onclick = event => {
    const option = event.target.closest("[role=option]")
    if (option) open(Number(option.dataset.position))
  }
  rows.onkeydown = event => {
    const position = destination(event.key, Number(rows.dataset.open), data.rows.length - 1)
    if (position === null) return
    event.preventDefault()
    open(position)
  }

  function open(position) {
    if (position === Number(rows.dataset.open)) return
    mark(position)
    scrollToOpen()
    setTriggerValue("opened", position)
  }

  function mark(position) {
    rows.dataset.open = position
    for (const option of rows.children) {
      option.setAttribute("aria-selected", Number(option.dataset.position) === position)
    }
    rows.setAttribute("aria-activedescendant", `layer-${position}`)
  }

  function scrollToOpen() {
    const option = rows.children[Number(rows.dataset.open)]
    if (!option) return
    const scroll = list.querySelector(".scroll")
    const heading = list.querySelector(".heading").offsetHeight
    const above = option.offsetTop - heading - scroll.scrollTop
    const below = option.offsetTop + option.offsetHeight - scroll.clientHeight - scroll.scrollTop
    if (above < 0) scroll.scrollTop += above
    else if (below > 0) scroll.scrollTop += below
  }
}

function destination(key, position, last) {
  const places = { ArrowUp: position - 1, ArrowDown: position + 1, Home: 0, End: last }
  return key in places ? Math.min(Math.max(places[key], 0), last) : null
}

function row(layer, position) {
  const option = document.createElement("div")
  option.className = "row"
  option.id = `layer-${position}`
  option.role = "option"
  option.dataset.position = position
  option.dataset.colour = layer.colour

  const settings = cell("settings", layer.settings)
  settings.title = layer.settings
  const what = cell("what", "")
  what.append(cell("kind", layer.kind), settings)
  option.append(
    cell("number", position + 1),
    what,
    cell(layer.shape === null ? "shape unknown" : "shape", layer.shape ?? "?"),
    parameters(layer)
  )
  if (layer.problem) option.append(problem(layer.problem))
  return option
}

function parameters(layer) {
  const element = cell(layer.parameters === null ? "parameters unknown" : "parameters", layer.parameters ?? "?")
  const share = cell("share", "")
  share.style.width = `${layer.share * 100}%`
  element.append(share)
  return element
}

function problem({ text, severity }) {
  const element = cell("problem", "")
  element.dataset.severity = severity
  element.append(cell("text", text))
  return element
}

function cell(name, text) {
  const element = document.createElement("div")
  element.className = name
  element.textContent = text
  return element
}
