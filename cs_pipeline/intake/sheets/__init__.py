"""What the tables of a workbook mean: layouts, headings, columns, cells."""
