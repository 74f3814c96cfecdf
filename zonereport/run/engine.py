"""The papermill engine ``zonereport``: the cells run in this very process, without a kernel.

It belongs into a process that serves one notebook and ends: a fork of ``zonereport.run.server``. Where papermill's
command line asks for it (``papermill --engine zonereport``), papermill's own process is that process.

Papermill loads this module whenever it is imported, so nothing is imported here before it is used: papermill neither.
"""

import importlib

NAME = "zonereport"
# what papermill's plain engine takes, and a kernel in the same process has no use for
_OF_KERNELS = ("start_timeout", "input_path", "timeout", "startup_timeout")


class ShellEngine:
    """Run a notebook in IPython's shell of this process.

    The outputs are those of a kernel: the same shell makes the messages and nbclient reads them.
    """

    @classmethod
    def execute_notebook(
        cls, nb, kernel_name, output_path=None, progress_bar=True, log_output=False, autosave_cell_every=1, **more
    ):
        """Execute a notebook and save it at most once in ``autosave_cell_every`` seconds (0: after every cell).

        ``dedicated`` says that this process is the notebook's alone: what is written to its file descriptors 1 and 2,
        by a program that a cell calls, is the notebook's too.
        Raises jupyter_client's NoSuchKernel unless the notebook asks for Python's own kernel, and ValueError for
        ``execution_timeout``: a cell cannot be stopped from within; ``zonereport run --timeout`` stops the chapter.
        """
        from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, NoSuchKernel

        # what papermill shows its progress with: before there is a shell, which it would take for a notebook's page
        importlib.import_module("tqdm.auto")
        from zonereport.run.shell import Client, Manager

        if kernel_name != NATIVE_KERNEL_NAME:
            raise NoSuchKernel(kernel_name)
        if more.pop("execution_timeout", None):
            raise ValueError("the engine zonereport has no execution_timeout")
        options = {key: value for key, value in more.items() if key not in _OF_KERNELS}
        manager = Manager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            Client(manager, kernel_name=kernel_name, log_output=log_output, **options).execute()
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @staticmethod
    def nb_kernel_name(nb, name=None):
        """Return the name of the kernel that a notebook asks for."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @staticmethod
    def nb_language(nb, language=None):
        """Return the language of a notebook."""
        from papermill.utils import nb_language

        return nb_language(nb, language)
