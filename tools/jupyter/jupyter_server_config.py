"""What `make lab` sets JupyterLab to; labconfig has what its pages are set to."""

import sys
from pathlib import Path

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelspec import get_kernel_dict
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

sys.path.append(str(Path(__file__).resolve().parents[2] / "notebooks"))

from run import settle

SPEC = {"display_name": get_kernel_dict()["display_name"], "language": "python", "name": "python3"}


class Notebooks(AsyncLargeFileManager):
    """Hands out a notebook with what JupyterLab would write into it about the kernel of this
    machine, so that one that was only looked at counts as unchanged; and stores nothing of it.
    """

    async def get(self, *arguments, **options):
        model = await super().get(*arguments, **options)
        if model["type"] == "notebook" and model["content"]:
            language = IPythonKernel.language_info
            model["content"]["metadata"].update(kernelspec=SPEC, language_info=language)
        return model

    async def save(self, model, path=""):
        if model["type"] == "notebook" and "content" in model:
            settle(model["content"])
        return await super().save(model, path)


c = get_config()  # noqa: F821
c.ServerApp.contents_manager_class = Notebooks
# It would ask npm for its folder, and npm leaves a log in the user's.
c.LanguageServerManager.autodetect = False
