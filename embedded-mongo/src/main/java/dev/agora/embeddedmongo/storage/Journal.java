package dev.agora.embeddedmongo.storage;

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
import java.util.function.Supplier;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log: every change since the store's last commit, in order. A record
 * costs the size of its document, a commit several pages of the store. So each write
 * waits for its record, and the store commits about once a second.
 */
final class Journal implements Closeable {

	private static final System.Logger LOG = System.getLogger(Journal.class.getName());

	private static final String SUFFIX = ".journal";

	private final Path directory;

	private final Lock writing = new ReentrantLock();

	/** The files with changes that the store has not committed, the current one last. */
	private final List<Path> files;

	private JournalFile file;

	private ByteArrayOutputStream pending = new ByteArrayOutputStream();

	/** The number of records appended so far. */
	private long appended;

	/** The number of the last record of the command that runs on this thread. */
	private final ThreadLocal<Long> lastOfCommand = ThreadLocal.withInitial(() -> 0L);

	/** The number of records that are on the disk. */
	private volatile long synced;

	private volatile boolean broken;

	Journal(Path directory, List<Path> files, JournalFile file) {
		this.directory = directory;
		this.files = files;
		this.file = file;
	}

	/**
	 * Opens the journal of a data directory.
	 * @param replay receives each recorded change in order, committed or not
	 */
	static Journal open(Path directory, Consumer<Document> replay) throws IOException {
		List<Path> files = files(directory);
		if (files.isEmpty()) {
			files.add(directory.resolve(name(0)));
			return new Journal(directory, files, JournalFile.create(directory, name(0)));
		}
		Path last = files.get(files.size() - 1);
		for (Path earlier : files.subList(0, files.size() - 1)) {
			JournalFile.open(earlier, replay).close();
		}
		return new Journal(directory, files, JournalFile.open(last, replay));
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
	 * Changes a map and appends the change, so that maps and journal have the changes in
	 * the same order and no sync separates the two.
	 * @param document the new document, {@code null} if it was removed
	 * @param change changes the map
	 */
	<T> T append(String map, Object id, @Nullable Document document, Supplier<T> change) {
		Document record = new Document("map", map).append("id", (id instanceof Missing) ? null : id)
			.append("document", document);
		return append(JournalFile.record(record), change);
	}

	/** Empties a map and appends that it was dropped. */
	void appendDrop(String map, Runnable clear) {
		append(JournalFile.record(new Document("map", map).append("drop", true)), () -> {
			clear.run();
			return true;
		});
	}

	private synchronized <T> T append(ByteBuffer record, Supplier<T> change) {
		T result = change.get();
		this.pending.write(record.array(), record.arrayOffset(), record.remaining());
		this.appended++;
		this.lastOfCommand.set(this.appended);
		return result;
	}

	/** Starts a command, which runs on this thread to its end. */
	void startCommand() {
		this.lastOfCommand.remove();
	}

	/**
	 * Waits until the command of this thread can be confirmed: until the records of its
	 * changes are on the disk or, if it has changed nothing, all that it may have read. A
	 * later record of another command may be refused; the changes of this one remain.
	 */
	void awaitCommand() throws IOException {
		long last = this.lastOfCommand.get();
		awaitSync((last > 0) ? last : appended());
	}

	/** Waits until all records appended before the call are on the disk. */
	void awaitSync() throws IOException {
		awaitSync(appended());
	}

	/** Callers that arrive during a write share the next one (group commit). */
	private void awaitSync(long last) throws IOException {
		if (this.synced >= last) {
			return;
		}
		this.writing.lock();
		try {
			if (this.synced < last) {
				flush();
			}
		}
		finally {
			this.writing.unlock();
		}
	}

	private synchronized long appended() {
		return this.appended;
	}

	private void flush() throws IOException {
		if (this.broken) {
			throw new IOException("An earlier record could not be written");
		}
		long last;
		ByteBuffer bytes;
		synchronized (this) {
			last = this.appended;
			bytes = ByteBuffer.wrap(this.pending.toByteArray());
			this.pending.reset();
		}
		try {
			this.file.append(bytes);
			this.synced = last;
		}
		catch (IOException ex) {
			// Later changes may depend on the changes that were lost here.
			this.broken = true;
			throw ex;
		}
	}

	/** Whether a record was refused, so that the maps and the disk differ. */
	boolean isBroken() {
		return this.broken;
	}

	/**
	 * Requires that the journal has none of the records that were refused.
	 * @throws IOException if it may have some, which a later start would replay
	 */
	void requireUndone() throws IOException {
		this.file.requireUndone();
	}

	/** Commits the store and deletes the files that are superseded by the commit. */
	void checkpoint(Runnable commit) throws IOException {
		List<Path> before = rotate();
		if (before.isEmpty()) {
			return;
		}
		// Changes from here on are in the new file. The store waits for the file before
		// it writes those that this commit contains.
		commit.run();
		for (Path old : before) {
			Files.delete(old);
			this.files.remove(old);
		}
	}

	/** Starts a new file if the current one has records; returns the files before it. */
	private List<Path> rotate() throws IOException {
		this.writing.lock();
		try {
			awaitSync();
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

	/** Closes the file without writing what is pending. */
	void abandon() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			LOG.log(System.Logger.Level.DEBUG, "The journal cannot be closed", ex);
		}
	}

}
