// The drawing pad: strokes of a mouse, a finger or a pen on a canvas. After each stroke, Python is told the picture.
// Strokes are kept as points, so that the last one can be taken back and another run's colours can be put on.

const pads = new WeakMap() // by element: what is drawn there

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pad")
  const pad = pads.get(root) ?? new Pad(root)
  pads.set(root, pad)
  pad.tell = picture => setStateValue("picture", picture)
  pad.dress(data)
}

class Pad {
  constructor(root) {
    this.canvas = root.querySelector("canvas")
    this.brush = root.querySelector("input")
    this.undoButton = root.querySelector(".undo")
    this.clearButton = root.querySelector(".clear")
    this.label = root.querySelector("label span")
    this.told = root.querySelector(".told")
    this.strokes = []
    this.canvas.onpointerdown = event => this.begin(event)
    this.canvas.onpointermove = event => this.draw(event)
    this.canvas.onpointerup = this.canvas.onpointercancel = event => this.end(event)
    this.undoButton.onclick = () => this.keep(this.strokes.slice(0, -1))
    this.clearButton.onclick = () => this.keep([])
    root.onkeydown = event => this.pressed(event)
  }

  dress(data) {
    const { canvas, brush } = this
    const { texts } = data
    const isNew = !this.data
    const isOther = data.paper !== this.data?.paper || data.width !== canvas.width || data.height !== canvas.height
    if (canvas.width !== data.width || canvas.height !== data.height) {
      Object.assign(canvas, { width: data.width, height: data.height })
      this.strokes = []
      if (!isNew) this.tell(null)
    }
    this.data = data
    if (isNew) Object.assign(brush, { min: data.brush.min, max: data.brush.max, value: data.brush.value })
    canvas.setAttribute("aria-label", texts.canvas)
    this.label.textContent = texts.brush
    this.undoButton.textContent = texts.undo
    this.clearButton.textContent = texts.clear
    this.show()
    if (isOther && this.strokes.length) this.tell(canvas.toDataURL())
  }

  begin(event) {
    if (this.stroke || event.button !== 0) return
    event.preventDefault()
    this.canvas.focus({ preventScroll: true })
    this.canvas.setPointerCapture(event.pointerId)
    this.stroke = { pointer: event.pointerId, width: Number(this.brush.value), points: [this.at(event)] }
    this.line(this.stroke)
  }

  draw(event) {
    if (event.pointerId !== this.stroke?.pointer) return
    const events = event.getCoalescedEvents?.() ?? []
    this.stroke.points.push(...(events.length ? events : [event]).map(each => this.at(each)))
    this.line(this.stroke)
  }

  end(event) {
    if (event.pointerId !== this.stroke?.pointer) return
    const { stroke } = this
    this.stroke = null
    this.keep([...this.strokes, stroke])
  }

  pressed(event) {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || !this.strokes.length) return
    event.preventDefault()
    this.keep(this.strokes.slice(0, -1))
  }

  keep(strokes) {
    this.strokes = strokes
    this.show()
    this.tell(strokes.length ? this.canvas.toDataURL() : null)
  }

  show() {
    const { paper, texts } = this.data
    const pen = this.canvas.getContext("2d")
    pen.fillStyle = paper
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height)
    for (const stroke of [...this.strokes, this.stroke]) if (stroke) this.line(stroke)
    this.undoButton.disabled = this.clearButton.disabled = !this.strokes.length
    this.told.textContent = this.strokes.length
      ? texts.strokes.replace("{count}", this.strokes.length)
      : texts.empty
  }

  line({ points, width }) {
    const pen = this.canvas.getContext("2d")
    Object.assign(pen, { lineCap: "round", lineJoin: "round", lineWidth: width, strokeStyle: this.data.ink })
    pen.beginPath()
    pen.moveTo(...points[0])
    for (const point of points) pen.lineTo(...point)
    pen.stroke()
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect()
    return [
      ((event.clientX - box.left) / box.width) * this.canvas.width,
      ((event.clientY - box.top) / box.height) * this.canvas.height,
    ]
  }
}
