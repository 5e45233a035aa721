package dev.agora.launcher.root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Excludes other launchers from the same work on a data directory. The operating system
 * releases the lock when the launcher ends, even after a crash, and no child process
 * inherits it.
 */
public final class DirectoryLock implements AutoCloseable {

	private final FileChannel channel;

	private DirectoryLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Acquires the lock for starting and stopping processes.
	 * @param data the data directory, which exists
	 * @return the lock, held until it is closed or this process ends
	 * @throws Problem if another launcher holds it
	 * @throws IOException if the lock file cannot be written
	 */
	public static DirectoryLock acquire(DataDirectory data) throws IOException {
		return acquire(data.lockFile(), "is starting or stopping the system on " + data.root());
	}

	/**
	 * Acquires the lock for other work.
	 * @param file the lock file, whose directory exists
	 * @param work what a launcher does that holds the lock, as in "is loading data"
	 * @return the lock, held until it is closed or this process ends
	 * @throws Problem if another launcher holds it
	 * @throws IOException if the lock file cannot be written
	 */
	public static DirectoryLock acquire(Path file, String work) throws IOException {
		DirectoryLock lock = tryAcquire(file);
		if (lock == null) {
			throw new Problem("Another ./agora (process " + Files.readString(file).strip() + ") " + work
					+ ". Wait until it has finished, or choose another directory with --data DIR.");
		}
		return lock;
	}

	private static @Nullable DirectoryLock tryAcquire(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (lock(channel) == null) {
			channel.close();
			return null;
		}
		byte[] owner = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
		channel.truncate(0).write(ByteBuffer.wrap(owner));
		return new DirectoryLock(channel);
	}

	private static @Nullable FileLock lock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// This process holds the lock already.
			return null;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
