package dev.agora.platform.imports.row;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import dev.agora.platform.problem.Problem;

/**
 * Divides the rows of a file into batches.
 *
 * @param <V> the type of the objects that the rows describe
 */
public final class RowBatches<V> {

	/** The maximum number of rows of a batch. */
	static final int SIZE = 250;

	/** The length of the rows after which a batch ends, which bounds its memory. */
	private static final int LENGTH = 1 << 20;

	/** The maximum number of errors of a batch; all rows with errors are counted. */
	public static final int MAX_ERRORS = 1000;

	private final RowReader<V> rows;

	/** A row that was read and belongs to the next batch. */
	private @Nullable Row<V> ahead;

	private RowBatches(RowReader<V> rows) {
		this.rows = rows;
	}

	/**
	 * Reads the batches of a file, each on demand. The subscriber's thread blocks. A
	 * batch ends early when the thread is interrupted, as it is when the subscriber
	 * cancels.
	 * @param reader opens the file
	 * @param skipped the number of rows at the beginning that are left out
	 */
	public static <V> Flux<Batch<V>> read(Callable<RowReader<V>> reader, long skipped) {
		return Flux.generate(() -> open(reader, skipped), RowBatches::emit, RowBatches::close);
	}

	private static <V> RowBatches<V> open(Callable<RowReader<V>> reader, long skipped) throws Exception {
		try {
			RowBatches<V> batches = new RowBatches<>(reader.call());
			for (long i = 0; i < skipped && batches.rows.next() != null; i++) {
				requireUninterrupted();
			}
			return batches;
		}
		catch (IOException ex) {
			throw toProblem(ex);
		}
	}

	private static <V> RowBatches<V> emit(RowBatches<V> batches, SynchronousSink<Batch<V>> sink) {
		try {
			Batch<V> next = batches.next();
			if (next.rows() > 0) {
				sink.next(next);
			}
			else {
				sink.complete();
			}
		}
		catch (IOException ex) {
			sink.error(toProblem(ex));
		}
		return batches;
	}

	private Batch<V> next() throws IOException {
		List<Row.Valid<V>> valid = new ArrayList<>();
		List<RowError> errors = new ArrayList<>();
		Set<String> keys = new HashSet<>();
		long count = 0;
		long line = 0;
		long length = 0;
		for (Row<V> row = take(); row != null; row = (length >= LENGTH || isInterrupted()) ? null : take()) {
			if (count == SIZE || (row instanceof Row.Valid<V> repeated && !keys.add(repeated.key()))) {
				this.ahead = row;
				break;
			}
			if (row instanceof Row.Valid<V> added) {
				valid.add(added);
			}
			else if (row instanceof Row.Invalid<V> invalid) {
				invalid.errors().stream().limit(MAX_ERRORS - errors.size()).forEach(errors::add);
			}
			length += this.rows.length();
			count++;
			line = row.line();
		}
		return new Batch<>(valid, errors, count, line);
	}

	private @Nullable Row<V> take() throws IOException {
		@Nullable Row<V> row = this.ahead;
		this.ahead = null;
		return (row != null) ? row : this.rows.next();
	}

	private static boolean isInterrupted() {
		return Thread.currentThread().isInterrupted();
	}

	private static void requireUninterrupted() throws IOException {
		if (isInterrupted()) {
			throw new InterruptedIOException();
		}
	}

	/** Returns the failure of the store behind a stream. */
	private static RuntimeException toProblem(IOException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof Problem problem) {
				return problem;
			}
		}
		return new UncheckedIOException(failure);
	}

	private static void close(RowBatches<?> batches) {
		try {
			batches.rows.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Consecutive rows of a file, in which no key occurs twice.
	 *
	 * @param valid the valid rows
	 * @param errors the errors of the other rows
	 * @param rows the number of all rows
	 * @param line the line on which the last row begins
	 * @param <V> the type of the objects that the rows describe
	 */
	public record Batch<V>(List<Row.Valid<V>> valid, List<RowError> errors, long rows, long line) {

		/** Returns the number of rows with errors. */
		public long failed() {
			return this.rows - this.valid.size();
		}

	}

}
