package dev.agora.graph.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.imports.row.LineReader;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowReader;

/**
 * Reads a list of edges. Blank lines and lines that begin with {@code #} are no rows.
 */
final class EdgeLines implements RowReader<HandlePair> {

	/** The name of an error that concerns the whole line. */
	static final String ROW = "row";

	/** Longer than two handles, and than most comments. */
	private static final int MAX_LINE = 1024;

	private static final Pattern HANDLE = Pattern.compile("[a-z0-9_]{3,30}");

	private static final Pattern SPACE = Pattern.compile("[ \t]+");

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final LineReader lines;

	EdgeLines(InputStream file) {
		this.lines = new LineReader(file, MAX_LINE);
	}

	@Override
	public @Nullable Row<HandlePair> next() throws IOException {
		for (byte[] line = this.lines.next(); line != null; line = this.lines.next()) {
			String text = toText(line);
			boolean isComment = !text.isEmpty() && text.charAt(0) == '#';
			// Of a line that is too long, only the beginning is known to be blank.
			if (this.lines.isTooLong() && !isComment) {
				return Row.Invalid.of(this.lines.number(), ROW, "must be at most " + MAX_LINE + " bytes");
			}
			if (!text.isEmpty() && !isComment) {
				return parse(this.lines.number(), SPACE.split(text, -1));
			}
		}
		return null;
	}

	private String toText(byte[] line) {
		String text = new String(line, StandardCharsets.UTF_8);
		boolean marked = this.lines.number() == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
		return (marked ? text.substring(1) : text).strip();
	}

	private static Row<HandlePair> parse(long line, String[] handles) {
		if (handles.length != 2) {
			return Row.Invalid.of(line, ROW, "must be two handles with a space between them");
		}
		if (!HANDLE.matcher(handles[0]).matches()) {
			return Row.Invalid.of(line, FollowImport.FOLLOWER, FollowImport.HANDLE_FORM);
		}
		if (!HANDLE.matcher(handles[1]).matches()) {
			return Row.Invalid.of(line, FollowImport.FOLLOWEE, FollowImport.HANDLE_FORM);
		}
		if (handles[0].equals(handles[1])) {
			return Row.Invalid.of(line, ROW, "must be two members: a member cannot follow themselves");
		}
		// The same follow may be on several lines, so that the line identifies the row.
		return new Row.Valid<>(line, Long.toString(line), new HandlePair(handles[0], handles[1]));
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

}
