package dev.agora.launcher.mongo;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Every change since the store's last commit, in the order of the changes. A line here
 * costs the size of a document, a commit costs some pages of the store: so each write
 * waits for the first, and commits happen once in a while.
 */
final class Journal implements Closeable {

	private static final String SUFFIX = ".journal";

	private static final int HEADER_BYTES = 8;

	private final Path directory;

	private final GroupCommit flushes = new GroupCommit(this::flush);

	private ByteArrayOutputStream pending = new ByteArrayOutputStream();

	private FileChannel channel;

	private long number;

	private Journal(Path directory) throws IOException {
		this.directory = directory;
		this.channel = open();
	}

	/**
	 * Does again what was noted and perhaps not committed, commits it, and begins anew.
	 */
	static Journal open(Path directory, Consumer<Document> redo, Runnable commit) throws IOException {
		List<Path> files = files(directory);
		for (Path file : files) {
			replay(file, redo);
		}
		commit.run();
		for (Path file : files) {
			Files.delete(file);
		}
		return new Journal(directory);
	}

	private FileChannel open() throws IOException {
		return FileChannel.open(this.directory.resolve(this.number + SUFFIX), StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.toString().endsWith(SUFFIX))
				.sorted(Comparator.comparingLong(Journal::number))
				.toList();
		}
	}

	private static long number(Path file) {
		return Long.parseLong(file.getFileName().toString().replace(SUFFIX, ""));
	}

	/**
	 * Notes what a document has become, {@code null} if it is gone, after the map has it.
	 */
	void note(String map, Object id, @Nullable Document document) {
		Document line = new Document("map", map).append("id", (id instanceof Missing) ? null : id)
			.append("document", document);
		ByteBuf bytes = Unpooled.buffer(512).writerIndex(HEADER_BYTES);
		BsonEncoder.encodeDocument(line, bytes);
		int length = bytes.writerIndex() - HEADER_BYTES;
		CRC32 check = new CRC32();
		check.update(bytes.array(), HEADER_BYTES, length);
		bytes.setInt(0, length).setInt(4, (int) check.getValue());
		synchronized (this) {
			this.pending.write(bytes.array(), 0, bytes.writerIndex());
		}
	}

	/** Returns once everything noted before the call is in the file. */
	void await() {
		this.flushes.await();
	}

	private synchronized void flush() {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(this.pending.toByteArray());
			this.pending.reset();
			while (bytes.hasRemaining()) {
				this.channel.write(bytes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The journal cannot be written", ex);
		}
	}

	/** Commits the store, after which what was noted before is of no more use. */
	void checkpoint(Runnable commit) throws IOException {
		if (isEmpty()) {
			return;
		}
		// What is changed from here on is noted in the new file, whether or not this
		// commit has it.
		long before = rotate();
		commit.run();
		for (Path file : files(this.directory)) {
			if (number(file) < before) {
				Files.delete(file);
			}
		}
	}

	private synchronized boolean isEmpty() throws IOException {
		return this.pending.size() == 0 && this.channel.size() == 0;
	}

	private synchronized long rotate() throws IOException {
		flush();
		this.channel.close();
		this.number++;
		this.channel = open();
		return this.number;
	}

	private static void replay(Path file, Consumer<Document> redo) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
		while (bytes.remaining() > HEADER_BYTES) {
			int length = bytes.getInt();
			int expected = bytes.getInt();
			if (length <= 0 || length > bytes.remaining() || check(bytes.slice().limit(length)) != expected) {
				// Half a line, which nobody was told is written.
				return;
			}
			redo.accept(DocumentType.readBson(bytes));
		}
	}

	private static int check(ByteBuffer bytes) {
		CRC32 check = new CRC32();
		check.update(bytes);
		return (int) check.getValue();
	}

	@Override
	public synchronized void close() throws IOException {
		flush();
		this.channel.close();
	}

}
