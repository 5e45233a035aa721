package dev.agora.embeddedmongo.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether the server accepts writes. The server rejects them while the disk is
 * nearly full, and after a failed write until a trial write has succeeded.
 */
public final class DiskSpace {

	private static final System.Logger LOG = System.getLogger(DiskSpace.class.getName());

	private static final long RESERVE_BYTES = 16 << 20;

	private static final int TRIAL_BYTES = 256 << 10;

	/**
	 * The pause after a failed trial, as a multiple of its duration. Each failure makes
	 * the server read its data again, which must not take more than a tenth of the time.
	 */
	private static final int PAUSE_FACTOR = 10;

	private final Path directory;

	private final FileStore disk;

	private final long reserve;

	private volatile boolean rejecting;

	private long trialStart = System.nanoTime();

	private long nextTrial = this.trialStart;

	public DiskSpace(Path directory) throws IOException {
		this.directory = directory.toAbsolutePath().normalize();
		this.disk = Files.getFileStore(directory);
		this.reserve = Math.min(RESERVE_BYTES, this.disk.getTotalSpace() / 20);
	}

	/**
	 * Checks whether the disk of a data directory is so full that the embedded MongoDB
	 * rejects writes.
	 * @param directory the data directory
	 * @return a sentence for the user, empty if there is enough space
	 * @throws IOException if the disk cannot be examined
	 */
	public static Optional<String> shortage(Path directory) throws IOException {
		DiskSpace space = new DiskSpace(directory);
		try {
			space.requireReserve();
			return Optional.empty();
		}
		catch (ShortOfSpace ex) {
			return Optional.ofNullable(ex.getMessage());
		}
	}

	public boolean acceptsWrites() {
		if (!this.rejecting) {
			try {
				requireReserve();
			}
			catch (IOException ex) {
				rejectWrites(ex);
			}
		}
		return !this.rejecting;
	}

	private void requireReserve() throws IOException {
		long usable = this.disk.getUsableSpace();
		if (usable < this.reserve) {
			throw new ShortOfSpace("The disk of %s has %d KB left; writes are refused below %d KB."
				.formatted(this.directory, usable >> 10, this.reserve >> 10));
		}
	}

	/**
	 * Rejects writes from now on, and plans the next trial.
	 * @param reason the failure that the log names
	 */
	public synchronized void rejectWrites(Throwable reason) {
		long now = System.nanoTime();
		this.nextTrial = now + Math.max(TimeUnit.SECONDS.toNanos(1), PAUSE_FACTOR * (now - this.trialStart));
		if (!this.rejecting) {
			this.rejecting = true;
			LOG.log(System.Logger.Level.ERROR, "Writes are refused until {0} can be written again: {1}", this.directory,
					reason.getMessage());
		}
	}

	/**
	 * Starts a checkpoint. While writes are rejected, the checkpoint is the trial that
	 * finds out whether the disk can be written again.
	 * @return {@code false} if the next trial is not due yet
	 */
	public synchronized boolean tryStartCheckpoint() {
		long now = System.nanoTime();
		if (this.rejecting && now - this.nextTrial < 0) {
			return false;
		}
		this.trialStart = now;
		return true;
	}

	/**
	 * Checks that there is enough space. While writes are rejected, also writes a trial
	 * file.
	 * @throws IOException if the disk is nearly full or cannot be written
	 */
	public void requireWritable() throws IOException {
		requireReserve();
		if (this.rejecting) {
			Path trial = this.directory.resolve("trial");
			try (FileChannel channel = FileChannel.open(trial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
				ByteBuffer bytes = ByteBuffer.allocate(TRIAL_BYTES);
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				channel.force(true);
			}
			finally {
				Files.deleteIfExists(trial);
			}
		}
	}

	/** Accepts writes from now on. */
	public synchronized void resumeWrites() {
		if (this.rejecting) {
			this.rejecting = false;
			LOG.log(System.Logger.Level.WARNING, "Writes are accepted again: {0} can be written.", this.directory);
		}
	}

	/** The disk works, but is nearly full. */
	private static final class ShortOfSpace extends IOException {

		private static final long serialVersionUID = 1L;

		private ShortOfSpace(String message) {
			super(message);
		}

	}

}
