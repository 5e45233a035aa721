package dev.agora.embeddedmongo.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

import org.h2.mvstore.MVStore;

/**
 * The maps of one data directory, in memory and on disk, with the journal of the changes
 * that are not committed yet.
 */
public final class Storage {

	private static final int RETENTION_MILLIS = 2000;

	private static final int COMPACT_BELOW_PERCENT = 50;

	private static final int COMPACT_BYTES = 4 << 20;

	private static final int COMPACT_ON_CLOSE_MILLIS = 1500;

	private final MVStore store;

	private final Journal journal;

	Storage(MVStore store, Journal journal) {
		this.store = store;
		this.journal = journal;
	}

	/**
	 * Opens the maps and replays the journal on them. Writes nothing, since the disk may
	 * be full.
	 * @param directory the data directory
	 * @return the open storage
	 * @throws IOException if the files cannot be read
	 */
	public static Storage open(Path directory) throws IOException {
		StoreFile file = StoreFile.open(directory.resolve("documents.mv"));
		// A commit in the background may report success before it has written anything.
		MVStore store = new MVStore.Builder().adoptFileStore(file).autoCommitDisabled().autoCommitBufferSize(0).open();
		store.setRetentionTime(RETENTION_MILLIS);
		try {
			Journal journal = Journal.open(directory, (change) -> JournaledMap.replay(store, change));
			file.writeAfter(journal);
			return new Storage(store, journal);
		}
		catch (IOException | RuntimeException ex) {
			store.closeImmediately();
			throw ex;
		}
	}

	public Set<String> mapNames() {
		return this.store.getMapNames();
	}

	/**
	 * Opens a map, and creates it if it is missing.
	 * @param name the name of the map
	 * @return the map
	 */
	public JournaledMap map(String name) {
		return JournaledMap.open(this.store, name, this.journal);
	}

	public long fileSize() {
		return this.store.getFileStore().size();
	}

	/**
	 * Runs a command. Returns once the changes that it has made, or else those that it
	 * may have read, are on the disk.
	 * @param command the command
	 * @param <T> the type of its response
	 * @return the response
	 * @throws IOException if the disk refuses them. Each document is then either as
	 * before or as the command has changed it; a command that changes several documents
	 * may have changed some of them
	 */
	public <T> T runDurably(Supplier<T> command) throws IOException {
		this.journal.startCommand();
		try {
			return command.get();
		}
		catch (RuntimeException ex) {
			if (isBroken()) {
				throw new IOException("The store was closed because it could not be committed", ex);
			}
			throw ex;
		}
		finally {
			this.journal.awaitCommand();
		}
	}

	/**
	 * Requires that the files have no change that was refused.
	 * @throws IOException if they may have some
	 */
	public void requireUndone() throws IOException {
		this.journal.requireUndone();
	}

	/**
	 * Whether the maps hold changes that the disk has refused, or can no longer be used.
	 */
	public boolean isBroken() {
		return this.journal.isBroken() || this.store.isClosed();
	}

	/**
	 * Commits the changes in the journal and frees some of the space of replaced data.
	 * @throws IOException if the disk refuses the journal
	 */
	public void checkpoint() throws IOException {
		this.journal.checkpoint(this::commit);
		if (this.store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES)) {
			commit();
		}
	}

	private void commit() {
		this.store.commit();
		this.store.sync();
	}

	/**
	 * Commits all changes, compacts the file and closes it.
	 * @throws IOException if the disk refuses a write
	 */
	public void close() throws IOException {
		checkpoint();
		this.journal.close();
		this.store.compactFile(COMPACT_ON_CLOSE_MILLIS);
		this.store.close();
	}

	/** Closes the files as they are. They contain every confirmed change. */
	public void abandon() {
		this.store.closeImmediately();
		this.journal.abandon();
	}

}
