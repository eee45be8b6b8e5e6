"""Loads layers into QGIS, each with the style that it comes with, and says as JSON what QGIS made of them.

Usage: look.py PICTURE SOURCE...

A source is a GeoJSON, GeoPackage or FlatGeobuf file. All layers are drawn together into PICTURE, the first source at the bottom.
"""

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
    QgsRenderContext,
    QgsSymbolLayer,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402


def main():
    picture, sources = sys.argv[1], sys.argv[2:]
    app = QgsApplication([], False)
    app.initQgis()
    layers = [layer for source in sources for layer in opened(source)]
    told = {"version": Qgis.QGIS_VERSION, "layers": [describe(layer) for layer in layers]}
    told["errors"] = draw(layers, picture)
    json.dump(told, sys.stdout, ensure_ascii=False)
    sys.stdout.flush()
    # Python and Qt do not agree on who clears up.
    os._exit(0)


def opened(source):
    """The layers of a file, as QGIS's own browser finds them."""
    flags = Qgis.SublayerQueryFlag.ResolveGeometryType
    for found in QgsProviderRegistry.instance().querySublayers(source, flags):
        layer = QgsVectorLayer(found.uri(), found.name(), "ogr")
        # QGIS 3.22 loses the temporal settings of a default style while it opens a layer.
        message, ok = layer.loadDefaultStyle()
        layer.setCustomProperty("styled", ok)
        yield layer


def describe(layer):
    temporal = layer.temporalProperties()
    renderer = layer.renderer()
    told = {
        "name": layer.name(),
        "valid": layer.isValid(),
        "styled": bool(layer.customProperty("styled")),
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "features": layer.featureCount(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "renderer": renderer.type() if renderer else None,
        "opacity": layer.opacity(),
        "labels": layer.labelsEnabled(),
        "temporal": {
            "active": temporal.isActive(),
            "mode": int(temporal.mode()),
            "start": temporal.startField(),
            "end": temporal.endField(),
        },
    }
    if renderer:
        told["classes"] = classes(layer, renderer)
        told["faults"] = sorted(faults(layer, renderer))
        told["sizes"] = sizes(layer, renderer)
    if temporal.startField():
        told["days"] = days(layer)
    return told


def classes(layer, renderer):
    """Each class with its colour and how many features are of it."""
    kind = renderer.type()
    # What a class belongs to is kept as long as its symbol is looked at.
    if kind == "categorizedSymbol":
        owners = renderer.categories()
        values = [one.value() for one in owners]
    elif kind == "graduatedSymbol":
        owners = renderer.ranges()
        values = [[one.lowerValue(), one.upperValue()] for one in owners]
    else:
        owners, values = [renderer], [None]
    told = [
        {
            "value": value,
            "label": owner.label() if value is not None else "",
            "color": owner.symbol().color().name(),
            "parts": [part.layerType() for part in owner.symbol().symbolLayers()],
            "shown": owner.renderState() if value is not None else True,
            "features": 0,
        }
        for owner, value in zip(owners, values)
    ]
    if kind == "singleSymbol":
        told[0]["features"] = layer.featureCount()
        return told
    by = QgsExpression(renderer.classAttribute())
    context = expression_context(layer)
    by.prepare(context)
    for feature in layer.getFeatures():
        context.setFeature(feature)
        value = by.evaluate(context)
        for wanted, one in zip(values, told):
            if matches(kind, wanted, value):
                one["features"] += 1
                break
    return told


def matches(kind, wanted, value):
    if kind == "categorizedSymbol":
        return wanted == value or (wanted in ("", None) and value is None)
    return value is not None and wanted[0] <= value <= wanted[1]


def faults(layer, renderer):
    """Expressions of the style that cannot be read, or that fail on a feature."""
    found = set()
    texts = {clause.expression().expression() for clause in renderer.orderBy().list()}
    if renderer.type() != "singleSymbol":
        texts.add(renderer.classAttribute())
    context = QgsRenderContext()
    context.setExpressionContext(expression_context(layer))
    for symbol in renderer.symbols(context):
        texts |= symbol_expressions(symbol)
    if layer.labeling():
        for provider in layer.labeling().subProviders():
            settings = layer.labeling().settings(provider)
            texts |= {settings.fieldName, *computed(settings.dataDefinedProperties())}
            if settings.geometryGeneratorEnabled:
                texts.add(settings.geometryGenerator)
    texts.add(layer.displayExpression())
    for text in filter(None, texts):
        expression = QgsExpression(text)
        context = expression_context(layer)
        if expression.hasParserError() or not expression.prepare(context):
            found.add(f"{text}: {expression.parserErrorString() or expression.evalErrorString()}")
            continue
        for feature in layer.getFeatures(QgsFeatureRequest().setLimit(100)):
            context.setFeature(feature)
            expression.evaluate(context)
            if expression.hasEvalError():
                found.add(f"{text}: {expression.evalErrorString()}")
                break
    return found


def symbol_expressions(symbol):
    texts = set()
    for part in symbol.symbolLayers():
        texts |= set(computed(part.dataDefinedProperties()))
        if part.layerType() == "GeometryGenerator":
            texts.add(part.geometryExpression())
        if part.subSymbol():
            texts |= symbol_expressions(part.subSymbol())
    return texts


def computed(properties):
    for key in properties.propertyKeys():
        one = properties.property(key)
        if one.isActive():
            yield one.expressionString()


def sizes(layer, renderer):
    """Widths in millimetres that expressions of the first class's symbol give, by feature."""
    context = QgsRenderContext()
    context.setExpressionContext(expression_context(layer))
    # Kept, since its parts are looked at.
    symbols = renderer.symbols(context)
    text = size_of(symbols[0]) if symbols else None
    if not text:
        return []
    expression, context = QgsExpression(text), expression_context(layer)
    told = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        told.append(expression.evaluate(context))
    return told


def size_of(symbol):
    for part in symbol.symbolLayers():
        for key in (QgsSymbolLayer.PropertySize, QgsSymbolLayer.PropertyArrowWidth):
            if part.dataDefinedProperties().isActive(key):
                return part.dataDefinedProperties().property(key).expressionString()
        found = part.subSymbol() and size_of(part.subSymbol())
        if found:
            return found
    return None


def expression_context(layer):
    return QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))


def days(layer):
    """Features that the temporal controller shows on the first and the last of all days, and on the day before."""
    starts, ends = (
        sorted(day_of(feature[name]) for feature in layer.getFeatures() if feature[name])
        for name in ("date_start", "date_end")
    )
    if not starts or not ends:
        return []
    told = []
    for day in (starts[0], ends[-1], starts[0].addDays(-1)):
        begin = QDateTime(day, QTime(0, 0), Qt.UTC)
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        shown = QgsDateTimeRange(begin, begin.addDays(1), True, False)
        text = layer.temporalProperties().createFilterString(context, shown)
        request = QgsFeatureRequest().setFilterExpression(text)
        told.append([day.toString("yyyy-MM-dd"), sum(1 for _ in layer.getFeatures(request))])
    return told


def day_of(value):
    """A day, which some formats have with a time."""
    return value.date() if isinstance(value, QDateTime) else QDate(value)


def draw(layers, picture):
    settings = QgsMapSettings()
    # The last layer is at the bottom.
    settings.setLayers(list(reversed(layers)))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(1200, 900))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("white"))
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), settings.destinationCrs(), QgsProject.instance()
    )
    extent = QgsRectangle()
    for layer in layers:
        if layer.isSpatial() and layer.featureCount():
            extent.combineExtentWith(layer.extent())
    settings.setExtent(transform.transformBoundingBox(extent))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)
    return [error.message for error in job.errors()]


if __name__ == "__main__":
    main()
