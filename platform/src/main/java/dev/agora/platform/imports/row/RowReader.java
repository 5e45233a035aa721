package dev.agora.platform.imports.row;

import java.io.Closeable;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Reads the rows of a file one after the other. Its methods block.
 *
 * @param <V> the type of the objects that the rows describe
 */
public interface RowReader<V> extends Closeable {

	/**
	 * Reads the next row.
	 * @return the row, or null at the end of the file
	 * @throws InvalidRequest if the rest of the file cannot be read
	 */
	@Nullable Row<V> next() throws IOException;

	/** Returns the length of the row that was read last, in bytes or characters. */
	default int length() {
		return 0;
	}

}
