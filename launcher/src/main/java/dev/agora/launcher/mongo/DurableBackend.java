package dev.agora.launcher.mongo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The store on disk. A command is answered only when all that it has written or seen is
 * on the disk. When the disk refuses a write, the maps are read from it again, so that
 * they show what was confirmed and nothing else.
 */
final class DurableBackend extends AbstractMongoBackend {

	private static final System.Logger LOG = System.getLogger(DurableBackend.class.getName());

	private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify", "create",
			"createindexes", "dropindexes", "drop", "dropdatabase");

	/** MongoDB's own code for this, by which clients know that they may try again. */
	private static final int OUT_OF_DISK_SPACE = 14031;

	private final Path directory;

	private final DiskSpace space;

	/** Shared by all that use the storage, owned by the one that opens it again. */
	private final ReadWriteLock gate = new ReentrantReadWriteLock();

	private volatile Storage storage;

	DurableBackend(Path directory) throws IOException {
		this.directory = directory;
		this.space = new DiskSpace(directory);
		this.storage = Storage.open(directory);
		openDatabases();
	}

	private void openDatabases() {
		this.storage.store()
			.getMapNames()
			.stream()
			.filter((map) -> map.startsWith(StoredDatabase.PREFIX))
			.map((map) -> Utils.firstFragment(map.substring(StoredDatabase.PREFIX.length())))
			.distinct()
			.forEach(this::resolveDatabase);
	}

	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new StoredDatabase(name, this.storage.store(), this.storage.journal(), getCursorRegistry());
	}

	@Override
	public Document handleCommand(Channel channel, String database, String command, Document query) {
		boolean writes = WRITES.contains(command.toLowerCase(Locale.ROOT)) || isWritingPipeline(query);
		if (writes && !this.space.takesWrites()) {
			return refusal();
		}
		Document answer = attempt(channel, database, command, query);
		if (answer == null && !writes) {
			// What it has seen was refused, and is no longer there.
			answer = attempt(channel, database, command, query);
		}
		return (answer != null) ? answer : refusal();
	}

	private static boolean isWritingPipeline(Document query) {
		String pipeline = query.containsKey("aggregate") ? String.valueOf(query.get("pipeline")) : "";
		return pipeline.contains("$out") || pipeline.contains("$merge");
	}

	private Document refusal() {
		return new Document("ok", 0).append("code", OUT_OF_DISK_SPACE)
			.append("codeName", "OutOfDiskSpace")
			.append("errmsg", "Nothing can be written to " + absolute() + ": is the disk full?");
	}

	/** For messages: the launcher names the directory relative to itself. */
	private Path absolute() {
		return this.directory.toAbsolutePath().normalize();
	}

	/** The command's answer, or null if the disk has refused what it wrote or saw. */
	private @Nullable Document attempt(Channel channel, String database, String command, Document query) {
		Exception failure;
		Storage used;
		this.gate.readLock().lock();
		try {
			used = this.storage;
			return durable(used, () -> super.handleCommand(channel, database, command, query));
		}
		catch (IOException ex) {
			failure = ex;
		}
		finally {
			this.gate.readLock().unlock();
		}
		reopen(failure);
		return null;
	}

	private static Document durable(Storage used, Supplier<Document> command) throws IOException {
		try {
			return command.get();
		}
		catch (RuntimeException ex) {
			if (used.isBroken()) {
				throw new IOException("The store was closed since it could not be committed", ex);
			}
			throw ex;
		}
		finally {
			used.journal().await();
		}
	}

	/** Reads everything from the disk, unless that was done since. */
	private void reopen(Exception reason) {
		this.gate.writeLock().lock();
		try {
			if (this.storage.isBroken()) {
				this.space.refuse(reason);
				this.storage.abandon();
				// Forgets the databases.
				super.close();
				this.storage = Storage.open(this.directory);
				openDatabases();
			}
		}
		catch (IOException | RuntimeException ex) {
			LOG.log(System.Logger.Level.ERROR,
					"{0} cannot be read, so this process ends; start it again when it can be read: {1}", absolute(),
					ex);
			// Not an orderly exit, which would write what cannot be written.
			Runtime.getRuntime().halt(1);
		}
		finally {
			this.gate.writeLock().unlock();
		}
	}

	/** Commits what the journal has, and finds out whether there is room again. */
	void checkpoint() {
		if (!this.space.isTimeForTrial()) {
			return;
		}
		Exception failure;
		Storage used;
		this.gate.readLock().lock();
		try {
			used = this.storage;
			this.space.requireRoom();
			used.checkpoint();
			this.space.accept();
			return;
		}
		catch (IOException | MVStoreException ex) {
			failure = ex;
		}
		finally {
			this.gate.readLock().unlock();
		}
		this.space.refuse(failure);
		reopen(failure);
	}

	@Override
	public void close() {
		this.gate.writeLock().lock();
		try {
			super.close();
			closeStorage();
		}
		finally {
			this.gate.writeLock().unlock();
		}
	}

	private void closeStorage() {
		try {
			this.space.requireRoom();
			this.storage.close();
		}
		catch (IOException | MVStoreException ex) {
			LOG.log(System.Logger.Level.WARNING, "The store is left to its journal: {0}", ex.getMessage());
			this.storage.abandon();
		}
	}

}
