package dev.agora.platform.imports;

/**
 * How far an import has got. The next run continues with the row after it.
 *
 * @param rows the number of rows that are done
 * @param line the line on which the last of them begins
 * @param result the result of these rows
 */
record ImportCheckpoint(long rows, long line, ImportResult result) {

	static final ImportCheckpoint START = new ImportCheckpoint(0, 0, ImportResult.NONE);

}
