"""The renderings of an audit: page, workbook, letters, comparison of two audits."""
