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
 * The right to start and stop processes on a data directory: one launcher at a time has
 * it. The operating system gives it back when the launcher ends, however it ends, and no
 * child process inherits it.
 */
public final class DirectoryLock implements AutoCloseable {

	private final FileChannel channel;

	private DirectoryLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Takes the lock.
	 * @param data the data directory, which exists
	 * @return the lock, held until it is closed or this process ends
	 * @throws Problem if another launcher holds it
	 * @throws IOException if the lock file cannot be written
	 */
	public static DirectoryLock take(DataDirectory data) throws IOException {
		DirectoryLock lock = tryTake(data);
		if (lock == null) {
			throw new Problem("Another ./agora (process " + Files.readString(data.lockFile()).strip()
					+ ") starts or stops the system on " + data.root()
					+ " at the moment. Wait for it, or choose another directory with --data DIR.");
		}
		return lock;
	}

	/**
	 * Takes the lock if no other launcher holds it.
	 * @param data the data directory, which exists
	 * @return the lock, or {@code null} if another launcher holds it
	 * @throws IOException if the lock file cannot be written
	 */
	public static @Nullable DirectoryLock tryTake(DataDirectory data) throws IOException {
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
			// Held by this very process.
			return null;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
