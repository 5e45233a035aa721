package dev.agora.launcher.mongo;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Every change since the store's last commit, in the order of the changes. A record here
 * costs the size of a document, a commit costs some pages of the store: so each write
 * waits for the first, and commits happen once in a while.
 */
final class Journal implements Closeable {

	private static final System.Logger LOG = System.getLogger(Journal.class.getName());

	private static final String SUFFIX = ".journal";

	private final Path directory;

	private final Lock writing = new ReentrantLock();

	/** Those that the store has not been committed since, the current one last. */
	private final List<Path> files;

	private JournalFile file;

	private ByteArrayOutputStream pending = new ByteArrayOutputStream();

	/** How many records there were. */
	private long noted;

	/** How many of them are on the disk. */
	private volatile long synced;

	private volatile boolean broken;

	private Journal(Path directory, List<Path> files, JournalFile file) {
		this.directory = directory;
		this.files = files;
		this.file = file;
	}

	/** Does again what was noted and perhaps not committed, and continues behind it. */
	static Journal open(Path directory, Consumer<Document> redo) throws IOException {
		List<Path> files = files(directory);
		if (files.isEmpty()) {
			files.add(directory.resolve(name(0)));
			return new Journal(directory, files, JournalFile.create(directory, name(0)));
		}
		Path last = files.get(files.size() - 1);
		for (Path earlier : files.subList(0, files.size() - 1)) {
			JournalFile.open(earlier, redo).close();
		}
		return new Journal(directory, files, JournalFile.open(last, redo));
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return new ArrayList<>(files.filter((file) -> file.toString().endsWith(SUFFIX))
				.sorted(Comparator.comparingLong(Journal::number))
				.toList());
		}
	}

	private static String name(long number) {
		return number + SUFFIX;
	}

	private static long number(Path file) {
		return Long.parseLong(file.getFileName().toString().replace(SUFFIX, ""));
	}

	/**
	 * Notes what a document has become, {@code null} if it is gone, after the map has it.
	 */
	void note(String map, Object id, @Nullable Document document) {
		add(new Document("map", map).append("id", (id instanceof Missing) ? null : id).append("document", document));
	}

	/** Notes that a map is gone, after the store has dropped it. */
	void noteDrop(String map) {
		add(new Document("map", map).append("drop", true));
	}

	private void add(Document content) {
		ByteBuffer bytes = JournalFile.record(content);
		synchronized (this) {
			this.pending.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
			this.noted++;
		}
	}

	/**
	 * Returns once everything noted before the call is on the disk. Those who come while
	 * others are being written share the next turn.
	 */
	void await() throws IOException {
		long mine = noted();
		if (this.synced >= mine) {
			return;
		}
		this.writing.lock();
		try {
			if (this.synced < mine) {
				flush();
			}
		}
		finally {
			this.writing.unlock();
		}
	}

	private synchronized long noted() {
		return this.noted;
	}

	private void flush() throws IOException {
		if (this.broken) {
			throw new IOException("An earlier record could not be written");
		}
		long upTo;
		ByteBuffer bytes;
		synchronized (this) {
			upTo = this.noted;
			bytes = ByteBuffer.wrap(this.pending.toByteArray());
			this.pending.reset();
		}
		try {
			this.file.append(bytes);
			this.synced = upTo;
		}
		catch (IOException ex) {
			// What follows may build on what is refused by this.
			this.broken = true;
			throw ex;
		}
	}

	/** Whether it has refused what the maps have: they are no longer what is on disk. */
	boolean isBroken() {
		return this.broken;
	}

	/** Commits the store, after which what was noted before is of no more use. */
	void checkpoint(Runnable commit) throws IOException {
		List<Path> before = rotate();
		if (before.isEmpty()) {
			return;
		}
		// What is changed from here on is noted in the new file, whether or not this
		// commit has it.
		commit.run();
		for (Path old : before) {
			Files.delete(old);
			this.files.remove(old);
		}
	}

	/** The files before the current one, which is empty. */
	private List<Path> rotate() throws IOException {
		this.writing.lock();
		try {
			await();
			int last = this.files.size() - 1;
			if (!this.file.isEmpty()) {
				String next = name(number(this.files.get(last)) + 1);
				JournalFile created = JournalFile.create(this.directory, next);
				JournalFile full = this.file;
				this.file = created;
				this.files.add(this.directory.resolve(next));
				full.close();
				last++;
			}
			return List.copyOf(this.files.subList(0, last));
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	/** Closes the file, of which nothing is expected any more. */
	void abandon() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			LOG.log(System.Logger.Level.DEBUG, "The journal cannot be closed", ex);
		}
	}

}
