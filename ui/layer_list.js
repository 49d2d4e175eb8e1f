// The layer list: one option per layer. What is done in it (open, move, copy, remove, disable, hide what is inside a
// Residual) is told to Python as an act; Python answers with new data.

const FIGURES = ["parameters", "multiply_adds", "memory", "field"]
const EDGE = 40 // pixels at the ends of the list where dragging scrolls it
const INDENT = 17 // pixels for each Residual around a layer
const PATIENCE = 2000 // milliseconds after which an edit is taken for refused
const lists = new WeakMap() // by element: what is shown, and what is being dragged

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".list")
  const list = lists.get(root) ?? new List(root)
  lists.set(root, list)
  list.tell = act => setTriggerValue("acted", act)
  list.draw(data)
}

class List {
  constructor(root) {
    this.root = root
    this.scroll = root.querySelector(".scroll")
    this.rows = root.querySelector(".rows")
    this.waiting = []
    this.rows.onclick = event => this.clicked(event)
    this.rows.onkeydown = event => this.pressed(event)
    this.rows.onpointerdown = event => this.grabbed(event)
    root.dataset.figure = FIGURES[0]
  }

  draw(data) {
    const isAnswer = data.generation !== this.data?.generation
    this.data = data
    this.drawHeading()
    this.root.querySelector(".image").replaceChildren(
      cell("handle", ""), cell("number", ""), cell("what", data.titles.image), cell("shape", data.image),
      ...FIGURES.map(name => cell(`figure ${name}`, ""))
    )
    this.rows.setAttribute("aria-label", data.titles.list)
    this.rows.replaceChildren(...data.rows.map((layer, position) => row(layer, position, data.titles)))
    this.root.querySelector(".keys").textContent = data.rows.length ? data.titles.keys : ""
    const open = data.rows.findIndex(layer => same(layer.place, data.open ?? []))
    const moved = this.open !== open
    this.mark(open)
    if (moved) this.scrollToOpen()
    if (isAnswer) this.goOn()
  }

  drawHeading() {
    const { titles } = this.data
    const choice = document.createElement("select")
    choice.setAttribute("aria-label", titles.figure)
    choice.append(...FIGURES.map(name => new Option(titles[name], name, false, name === this.root.dataset.figure)))
    choice.onchange = () => (this.root.dataset.figure = choice.value)
    const chosen = cell("chosen", "")
    chosen.append(choice)
    this.root.querySelector(".heading").replaceChildren(
      cell("what", titles.layer), cell("shape", titles.shape), chosen,
      ...FIGURES.map(name => cell(`figure ${name}`, titles[name]))
    )
  }

  act(name, position, more = {}) {
    const layer = this.data.rows[position]
    if (!layer) return
    this.tell({ name, place: layer.place, generation: this.data.generation, ...more })
    if (name === "open" || name === "turn") return
    this.waits = setTimeout(() => this.goOn(), PATIENCE)
  }

  // Keys that are pressed while an edit is on its way are pressed again once its answer is there.

  goOn() {
    clearTimeout(this.waits)
    this.waits = null
    while (this.waiting.length && !this.waits) this.keys()[this.waiting.shift()]()
  }

  openAt(position) {
    if (position === this.open) return
    this.mark(position)
    this.scrollToOpen()
    this.act("open", position)
  }

  mark(position) {
    this.open = position
    for (const option of this.rows.children) {
      option.setAttribute("aria-selected", Number(option.dataset.position) === position)
    }
    if (position < 0) this.rows.removeAttribute("aria-activedescendant")
    else this.rows.setAttribute("aria-activedescendant", `layer-${position}`)
  }

  clicked(event) {
    const option = event.target.closest("[role=option]")
    if (!option) return
    const position = Number(option.dataset.position)
    if (event.target.closest(".fold")) this.act("turn", position)
    else this.openAt(position)
  }

  pressed(event) {
    const key = [event.altKey && "Alt", (event.ctrlKey || event.metaKey) && "Ctrl", event.key].filter(Boolean).join("+")
    const done = this.keys()[key]
    if (!done) return
    event.preventDefault()
    if (this.waits) this.waiting.push(key)
    else done()
  }

  keys() {
    const { open } = this
    const last = this.data.rows.length - 1
    const to = position => () => this.openAt(Math.min(Math.max(position, 0), last))
    const move = before => () => before && this.act("move", open, { before })
    return {
      ArrowUp: to(open - 1), ArrowDown: to(open + 1), Home: to(0), End: to(last),
      "Alt+ArrowUp": move(this.oneUp()), "Alt+ArrowDown": move(this.oneDown()),
      "Alt+ArrowLeft": move(this.outside()), "Alt+ArrowRight": move(this.inside()),
      "Ctrl+d": () => this.act("duplicate", open), Delete: () => this.act("remove", open),
      Backspace: () => this.act("remove", open), " ": () => this.act("disable", open)
    }
  }

  // Places that the open layer would stand before. Null where there is nowhere to go.

  oneUp() {
    const place = this.openPlace()
    return place && place.at(-1) > 0 ? beside(place, -1) : null
  }

  oneDown() {
    const place = this.openPlace()
    return place && this.has(beside(place, 1)) ? beside(place, 2) : null
  }

  outside() {
    const place = this.openPlace()
    return place && place.length > 1 ? beside(place.slice(0, -1), 1) : null
  }

  inside() {
    const place = this.openPlace()
    const above = place && place.at(-1) > 0 ? beside(place, -1) : null
    if (!above || this.data.rows[this.find(above)].closed !== false) return null
    return [...above, this.data.rows.filter(layer => same(layer.place.slice(0, -1), above)).length]
  }

  openPlace() {
    return this.data.rows[this.open]?.place
  }

  has(place) {
    return this.find(place) >= 0
  }

  find(place) {
    return this.data.rows.findIndex(layer => same(layer.place, place))
  }

  // Dragging with a mouse, a pen or a finger: a line shows where the layer would go.

  grabbed(event) {
    if (event.button || !event.target.closest(".handle")) return
    event.preventDefault()
    const option = event.target.closest("[role=option]")
    const position = Number(option.dataset.position)
    this.rows.setPointerCapture(event.pointerId)
    option.classList.add("dragged")
    this.rows.onpointermove = moved => this.showDrop(this.dropAt(moved))
    this.rows.onpointercancel = () => this.letGo(option)
    this.rows.onpointerup = dropped => {
      const drop = this.dropAt(dropped)
      this.letGo(option)
      if (drop) this.act("move", position, { before: drop.before })
    }
  }

  letGo(option) {
    option.classList.remove("dragged")
    this.rows.onpointermove = this.rows.onpointerup = this.rows.onpointercancel = null
    this.showDrop(null)
  }

  // Below the last layer inside a Residual, how far left the pointer is decides which list the layer goes to.

  dropAt({ clientX: x, clientY: y }) {
    const { top: ceiling, bottom: floor } = this.scroll.getBoundingClientRect()
    this.scroll.scrollTop += y < ceiling + EDGE ? -EDGE / 2 : y > floor - EDGE ? EDGE / 2 : 0
    const options = [...this.rows.children]
    const position = options.findIndex(option => y < option.getBoundingClientRect().bottom)
    const option = options[position < 0 ? options.length - 1 : position]
    const layer = this.data.rows[Number(option.dataset.position)]
    const { top, height } = option.getBoundingClientRect()
    if (position >= 0 && y < top + height / 2) return { option, edge: "above", before: layer.place }
    let before = layer.closed === false ? [...layer.place, 0] : beside(layer.place, 1)
    const indents = x => option.querySelector(".what").getBoundingClientRect().left + (before.length - 1) * INDENT > x
    while (before.length > 1 && !this.has(before) && indents(x)) before = beside(before.slice(0, -1), 1)
    return { option, edge: "below", before }
  }

  showDrop(drop) {
    for (const option of this.rows.children) delete option.dataset.drop
    if (drop) drop.option.dataset.drop = drop.edge
  }

  scrollToOpen() {
    const option = this.rows.children[this.open]
    if (!option) return
    const heading = this.root.querySelector(".heading").offsetHeight
    const above = option.offsetTop - heading - this.scroll.scrollTop
    const below = option.offsetTop + option.offsetHeight - this.scroll.clientHeight - this.scroll.scrollTop
    if (above < 0) this.scroll.scrollTop += above
    else if (below > 0) this.scroll.scrollTop += below
  }
}

function same(one, other) {
  return one.length === other.length && one.every((position, level) => position === other[level])
}

function beside(place, steps) {
  return [...place.slice(0, -1), place.at(-1) + steps]
}

function row(layer, position, titles) {
  const option = document.createElement("div")
  option.className = layer.disabled ? "row disabled" : "row"
  option.role = "option"
  option.id = `layer-${position}`
  option.dataset.position = position
  option.style.setProperty("--level", layer.place.length - 1)
  option.dataset.colour = layer.colour
  const handle = cell("handle", "⠿")
  handle.title = titles.drag
  option.append(
    handle,
    cell("number", layer.place.map(step => step + 1).join(".")),
    what(layer, titles),
    cell(layer.shape === null ? "shape unknown" : "shape", layer.shape ?? "?"),
    ...FIGURES.map(name => figure(name, layer.figures[name]))
  )
  if (layer.problem) option.append(problem(layer.problem))
  return option
}

function what(layer, titles) {
  const settings = cell("settings", layer.disabled ? titles.disabled : layer.settings)
  settings.title = layer.settings
  const kind = cell("kind", "")
  if (layer.closed !== null) kind.append(fold(layer, titles))
  kind.append(layer.kind)
  const element = cell("what", "")
  element.append(kind, settings)
  return element
}

function fold({ closed }, titles) {
  const element = document.createElement("button")
  element.type = "button"
  element.className = "fold"
  element.tabIndex = -1
  element.textContent = closed ? "▸" : "▾"
  element.title = closed ? titles.show_inside : titles.hide_inside
  element.setAttribute("aria-expanded", !closed)
  return element
}

function figure(name, [text, share]) {
  const element = cell(text === null ? `figure ${name} unknown` : `figure ${name}`, text ?? "?")
  const bar = cell("share", "")
  bar.style.width = `${share * 100}%`
  element.append(bar)
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
