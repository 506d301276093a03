"""Write SmolLM2's GGUF file once more, with every number worked out to float32.

build/peers/bin/python -m benchmarks.real_f32 FROM TO
"""

import sys
from pathlib import Path

import gguf
import numpy as np

OWN = ("GGUF.", "general.architecture", "general.file_type")  # the writer's own to say


def rewrite(source: Path, target: Path) -> None:
    """Copy all metadata and tensors; the tensors become float32."""
    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, "llama")
    for name, field in reader.fields.items():
        if name.startswith(OWN):
            continue
        kind, *inner = field.types
        writer.add_key_value(
            name, field.contents(), kind, sub_type=inner[-1] if inner else None
        )
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    for tensor in reader.tensors:
        numbers = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, np.ascontiguousarray(numbers, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]), Path(sys.argv[2]))
