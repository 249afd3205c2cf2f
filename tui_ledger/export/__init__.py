"""Files and texts that leave the program. Import the module that is needed: only the workbook's load openpyxl."""
