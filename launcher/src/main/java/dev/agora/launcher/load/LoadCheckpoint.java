package dev.agora.launcher.load;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.root.DirectoryLock;
import dev.agora.launcher.root.Problem;

/**
 * Records what has been loaded, so that an aborted run continues where it stopped. It
 * only saves time: the API stores an item once, even if it is sent twice.
 */
final class LoadCheckpoint implements AutoCloseable {

	private static final int LINES_PER_FLUSH = 100;

	private final Map<String, String> done = new ConcurrentHashMap<>();

	private final @Nullable BufferedWriter writer;

	private final Closeable lock;

	private int unflushed;

	private LoadCheckpoint(@Nullable BufferedWriter writer, Closeable lock) {
		this.writer = writer;
		this.lock = lock;
	}

	/** Creates a checkpoint that is not stored. */
	static LoadCheckpoint none() {
		return new LoadCheckpoint(null, () -> {
		});
	}

	/**
	 * Opens the checkpoint of a system for one load at a time, since two would also share
	 * the account of their operator.
	 * @throws Problem if another load has it open
	 */
	static LoadCheckpoint open(Path file) throws IOException {
		Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
		DirectoryLock lock = DirectoryLock.acquire(directory.resolve("lock"), "is loading data into this system");
		BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		LoadCheckpoint opened = new LoadCheckpoint(writer, lock::close);
		for (String line : Files.readAllLines(file)) {
			String[] parts = line.split("\t", 2);
			// The last line is incomplete if the run was killed.
			if (parts.length == 2) {
				opened.done.put(parts[0], parts[1]);
			}
		}
		return opened;
	}

	boolean has(String key) {
		return this.done.containsKey(key);
	}

	@Nullable String get(String key) {
		return this.done.get(key);
	}

	synchronized void put(String key, String value) {
		this.done.put(key, value);
		try {
			if (this.writer != null) {
				this.writer.write(key + "\t" + value + "\n");
				this.unflushed = (this.unflushed + 1) % LINES_PER_FLUSH;
				if (this.unflushed == 0) {
					this.writer.flush();
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public synchronized void close() throws IOException {
		if (this.writer != null) {
			this.writer.close();
		}
		this.lock.close();
	}

}
