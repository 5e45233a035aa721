package dev.agora.launcher.mongo;

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
 * Whether writes are taken. They are refused while the disk has little room, and after a
 * failed write until a trial has succeeded.
 */
public final class DiskSpace {

	private static final System.Logger LOG = System.getLogger(DiskSpace.class.getName());

	private static final long RESERVE_BYTES = 16 << 20;

	private static final int TRIAL_BYTES = 256 << 10;

	/** Of the time, what trials may take at most: a failed one reads the store again. */
	private static final int SHARE_OF_TRIALS = 10;

	private final Path directory;

	private final FileStore disk;

	private final long reserve;

	private volatile boolean refusing;

	private long trialBegun = System.nanoTime();

	private long nextTrial = this.trialBegun;

	DiskSpace(Path directory) throws IOException {
		this.directory = directory.toAbsolutePath().normalize();
		this.disk = Files.getFileStore(directory);
		this.reserve = Math.min(RESERVE_BYTES, this.disk.getTotalSpace() / 20);
	}

	/**
	 * Tells whether the disk of a data directory has so little room that the embedded
	 * MongoDB refuses writes.
	 * @param directory the data directory
	 * @return what is short, empty if there is room
	 * @throws IOException if the disk cannot be asked
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

	/** Whether writes are taken now. */
	boolean takesWrites() {
		if (!this.refusing) {
			try {
				requireReserve();
			}
			catch (IOException ex) {
				refuse(ex);
			}
		}
		return !this.refusing;
	}

	private void requireReserve() throws IOException {
		long usable = this.disk.getUsableSpace();
		if (usable < this.reserve) {
			throw new ShortOfSpace("The disk of %s has %d KB left; writes are refused below %d KB."
				.formatted(this.directory, usable >> 10, this.reserve >> 10));
		}
	}

	/** From here on writes are refused. */
	synchronized void refuse(Throwable reason) {
		long now = System.nanoTime();
		this.nextTrial = now + Math.max(TimeUnit.SECONDS.toNanos(1), SHARE_OF_TRIALS * (now - this.trialBegun));
		if (!this.refusing) {
			this.refusing = true;
			LOG.log(System.Logger.Level.ERROR, "Writes are refused until {0} can be written again: {1}", this.directory,
					reason.getMessage());
		}
	}

	/** Whether it is time to commit, or to find out whether that can be done again. */
	synchronized boolean isTimeForTrial() {
		long now = System.nanoTime();
		if (this.refusing && now - this.nextTrial < 0) {
			return false;
		}
		this.trialBegun = now;
		return true;
	}

	/** Fails if nothing can be written. */
	void requireRoom() throws IOException {
		requireReserve();
		if (this.refusing) {
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

	/** From here on writes are taken. */
	synchronized void accept() {
		if (this.refusing) {
			this.refusing = false;
			LOG.log(System.Logger.Level.WARNING, "Writes are taken again: {0} can be written.", this.directory);
		}
	}

	/** The disk works, and is nearly full. */
	private static final class ShortOfSpace extends IOException {

		private static final long serialVersionUID = 1L;

		private ShortOfSpace(String message) {
			super(message);
		}

	}

}
