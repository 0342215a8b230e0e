"""A stacked bar of 5 classes x 20 rows as SVG, by matplotlib and by vl-convert: prints `name charts-a-second` for each that is there."""
import io
import time

COUNT = 4
ROWS = [f"Department {row}" for row in range(20)]
CLASSES = [f"Class {index}" for index in range(5)]
COLOURS = ["#123A5A", "#5491B2", "#DAD2C1", "#E6B893", "#A3471B"]


def by_matplotlib():
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.fonttype"] = "none"
    import matplotlib.pyplot as plot

    def draw():
        figure, axes = plot.subplots(figsize=(8, 9))
        left = [0.0] * len(ROWS)
        for name, colour in zip(CLASSES, COLOURS):
            bars = axes.barh(ROWS, [20.0] * len(ROWS), left=left, color=colour, label=name)
            axes.bar_label(bars, fmt="%.1f", label_type="center")
            left = [value + 20.0 for value in left]
        axes.legend(ncols=5)
        out = io.BytesIO()
        figure.savefig(out, format="svg")
        plot.close(figure)

    return draw


def by_vl_convert():
    import vl_convert

    values = [{"row": row, "class": name, "value": 20.0} for row in ROWS for name in CLASSES]
    bars = {"mark": "bar", "encoding": {"color": {"field": "class", "type": "nominal", "scale": {"range": COLOURS}}}}
    texts = {"mark": "text", "encoding": {"text": {"field": "value", "format": ".1f"}, "detail": {"field": "class"}}}
    place = {"y": {"field": "row", "type": "nominal"}, "x": {"field": "value", "type": "quantitative", "stack": "zero"}}
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 600, "data": {"values": values}, "encoding": place, "layer": [bars, texts]}
    return lambda: vl_convert.vegalite_to_svg(vl_spec=spec)


for name, make in (("matplotlib", by_matplotlib), ("vl-convert", by_vl_convert)):
    try:
        draw = make()
    except ImportError:
        continue
    draw()  # the first one loads what the others find
    start = time.perf_counter()
    for _ in range(COUNT):
        draw()
    print(name, COUNT / (time.perf_counter() - start))
