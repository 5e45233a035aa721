package dev.agora.embeddedmongo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.storage.DiskSpace;
import dev.agora.embeddedmongo.storage.Storage;

/**
 * The backend that makes writes durable. A command gets its response once everything that
 * it has written, or else everything that it has read, is on the disk. If the disk
 * refuses a write, the backend reads its data again, so that it contains the confirmed
 * writes only.
 */
final class DurableBackend extends AbstractMongoBackend {

	private static final System.Logger LOG = System.getLogger(DurableBackend.class.getName());

	private static final Set<String> WRITE_COMMANDS = Set.of("insert", "update", "delete", "findandmodify", "create",
			"createindexes", "dropindexes", "drop", "dropdatabase");

	/** MongoDB's error code, by which clients know that they may try again. */
	private static final int OUT_OF_DISK_SPACE = 14031;

	private final Path directory;

	private final DiskSpace space;

	/**
	 * Commands share the read lock; opening or closing the storage takes the write lock.
	 */
	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private volatile Storage storage;

	DurableBackend(Path directory) throws IOException {
		this.directory = directory;
		this.space = new DiskSpace(directory);
		this.storage = Storage.open(directory);
		openDatabases();
	}

	private void openDatabases() {
		this.storage.mapNames()
			.stream()
			.filter((map) -> map.startsWith(StoredDatabase.PREFIX))
			.map((map) -> Utils.firstFragment(map.substring(StoredDatabase.PREFIX.length())))
			.distinct()
			.forEach(this::resolveDatabase);
	}

	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new StoredDatabase(name, this.storage, getCursorRegistry());
	}

	@Override
	public Document handleCommand(Channel channel, String database, String command, Document query) {
		boolean writes = WRITE_COMMANDS.contains(command.toLowerCase(Locale.ROOT)) || isWritingPipeline(query);
		if (writes && !this.space.acceptsWrites()) {
			return outOfDiskSpace();
		}
		Document response = attempt(channel, database, command, query);
		if (response == null && !writes) {
			// The changes that the query has read were refused and are undone by now.
			response = attempt(channel, database, command, query);
		}
		return (response != null) ? response : outOfDiskSpace();
	}

	private static boolean isWritingPipeline(Document query) {
		String pipeline = query.containsKey("aggregate") ? String.valueOf(query.get("pipeline")) : "";
		return pipeline.contains("$out") || pipeline.contains("$merge");
	}

	private Document outOfDiskSpace() {
		return new Document("ok", 0).append("code", OUT_OF_DISK_SPACE)
			.append("codeName", "OutOfDiskSpace")
			.append("errmsg", "Nothing can be written to " + absoluteDirectory() + ": is the disk full?");
	}

	/**
	 * Returns the absolute data directory for messages, since it may be given as a
	 * relative path.
	 */
	private Path absoluteDirectory() {
		return this.directory.toAbsolutePath().normalize();
	}

	/**
	 * Returns the response, or null if the disk has refused what the command wrote or
	 * read.
	 */
	private @Nullable Document attempt(Channel channel, String database, String command, Document query) {
		Exception failure;
		this.lock.readLock().lock();
		try {
			return this.storage.runDurably(() -> super.handleCommand(channel, database, command, query));
		}
		catch (IOException ex) {
			failure = ex;
		}
		finally {
			this.lock.readLock().unlock();
		}
		reopen(failure);
		return null;
	}

	/** Reads the data from the disk, unless another thread has done so meanwhile. */
	private void reopen(Exception reason) {
		this.lock.writeLock().lock();
		try {
			if (this.storage.isBroken()) {
				this.space.rejectWrites(reason);
				this.storage.abandon();
				this.storage.requireUndone();
				// Discards the databases in memory.
				super.close();
				this.storage = Storage.open(this.directory);
				openDatabases();
			}
		}
		catch (IOException | RuntimeException ex) {
			LOG.log(System.Logger.Level.ERROR,
					"The data in {0} cannot be read, so this process ends. Start it again when it can be read: {1}",
					absoluteDirectory(), ex);
			// An orderly exit would try to write.
			Runtime.getRuntime().halt(1);
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/** Commits the changes in the journal, or checks whether the disk can be written. */
	void checkpoint() {
		if (!this.space.tryStartCheckpoint()) {
			return;
		}
		Exception failure;
		this.lock.readLock().lock();
		try {
			this.space.requireWritable();
			this.storage.checkpoint();
			this.space.resumeWrites();
			return;
		}
		catch (IOException | MVStoreException ex) {
			failure = ex;
		}
		finally {
			this.lock.readLock().unlock();
		}
		this.space.rejectWrites(failure);
		reopen(failure);
	}

	@Override
	public void close() {
		this.lock.writeLock().lock();
		try {
			super.close();
			closeStorage();
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private void closeStorage() {
		try {
			this.space.requireWritable();
			this.storage.close();
		}
		catch (IOException | MVStoreException ex) {
			LOG.log(System.Logger.Level.WARNING,
					"The store could not be committed; the next start replays its journal: {0}", ex.getMessage());
			this.storage.abandon();
		}
	}

}
