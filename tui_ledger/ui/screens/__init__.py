"""The screens of the workbench and the dialogs over them."""
