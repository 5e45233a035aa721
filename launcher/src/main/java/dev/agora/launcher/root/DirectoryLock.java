package dev.agora.launcher.root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Excludes other launchers from starting and stopping processes on a data directory. The
 * operating system releases the lock when the launcher ends, even after a crash, and no
 * child process inherits it.
 */
public final class DirectoryLock implements AutoCloseable {

	private final FileChannel channel;

	private DirectoryLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Acquires the lock.
	 * @param data the data directory, which exists
	 * @return the lock, held until it is closed or this process ends
	 * @throws Problem if another launcher holds it
	 * @throws IOException if the lock file cannot be written
	 */
	public static DirectoryLock acquire(DataDirectory data) throws IOException {
		DirectoryLock lock = tryAcquire(data);
		if (lock == null) {
			throw new Problem("Another ./agora (process " + Files.readString(data.lockFile()).strip()
					+ ") is starting or stopping the system on " + data.root()
					+ ". Wait until it has finished, or choose another directory with --data DIR.");
		}
		return lock;
	}

	/**
	 * Acquires the lock if no other launcher holds it.
	 * @param data the data directory, which exists
	 * @return the lock, or {@code null} if another launcher holds it
	 * @throws IOException if the lock file cannot be written
	 */
	public static @Nullable DirectoryLock tryAcquire(DataDirectory data) throws IOException {
		FileChannel channel = FileChannel.open(data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
