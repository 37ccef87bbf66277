"""Writes the network as an ONNX file: normalisation folded, metadata stripped, weights stored as fp16."""

import io
import pathlib

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from network import Exported

OPSET = 17
SMALLEST_HALVED = 64


def export(detector, path):
    shipped = Exported(detector.to(memory_format=torch.contiguous_format)).eval()
    for parameter in shipped.parameters():
        parameter.requires_grad_(False)
        parameter.data = parameter.data.contiguous()
    detector.to(memory_format=torch.channels_last)
    sample = torch.zeros(1, 3, detector.size, detector.size)
    buffer = io.BytesIO()
    torch.onnx.export(
        shipped,
        (sample,),
        buffer,
        input_names=["images"],
        output_names=["output0"],
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )
    model = onnx.load_from_string(buffer.getvalue())
    halve(model.graph)
    strip(model)
    onnx.checker.check_model(model)
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)


def halve(graph):
    """Stores the large weights as fp16 and casts them back; the runtime folds the casts when it loads the file."""
    casts = []
    for index, weight in enumerate(list(graph.initializer)):
        values = numpy_helper.to_array(weight)
        positions = values.ndim <= 1 or values.shape[-1] > 100
        if values.dtype != np.float32 or values.size < SMALLEST_HALVED or positions:
            continue
        name = weight.name
        halved = numpy_helper.from_array(values.astype(np.float16), name + "_half")
        graph.initializer.remove(weight)
        graph.initializer.append(halved)
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def strip(model):
    """Removes what tells of the exporter and the machine: names, notes, shapes of inner values."""
    model.producer_name = ""
    model.producer_version = ""
    model.doc_string = ""
    del model.metadata_props[:]
    model.graph.name = "detector"
    model.graph.doc_string = ""
    del model.graph.value_info[:]
    for index, node in enumerate(model.graph.node):
        node.name = f"n{index}"
        node.doc_string = ""
        del node.metadata_props[:]
