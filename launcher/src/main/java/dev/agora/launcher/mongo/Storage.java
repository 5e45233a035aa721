package dev.agora.launcher.mongo;

import java.io.IOException;
import java.nio.file.Path;

import org.h2.mvstore.MVStore;

/**
 * The maps in memory and on disk, with the journal of what a commit has not written yet.
 *
 * @param store the maps
 * @param journal the changes since the last commit
 */
record Storage(MVStore store, Journal journal) {

	private static final int RETENTION_MILLIS = 2000;

	private static final int COMPACT_BELOW_PERCENT = 50;

	private static final int COMPACT_BYTES = 4 << 20;

	private static final int COMPACT_ON_CLOSE_MILLIS = 1500;

	/** Reads what is on the disk, and writes nothing: there may be no room. */
	static Storage open(Path directory) throws IOException {
		// No commit but ours: one in the background may say it is done before it is.
		MVStore store = new MVStore.Builder().fileName(directory.resolve("documents.mv").toString())
			.autoCommitDisabled()
			.autoCommitBufferSize(0)
			.cacheSize(48)
			.open();
		store.setRetentionTime(RETENTION_MILLIS);
		try {
			return new Storage(store, Journal.open(directory, (change) -> JournaledMap.redo(store, change)));
		}
		catch (IOException | RuntimeException ex) {
			store.closeImmediately();
			throw ex;
		}
	}

	/** Whether the maps show what the disk has refused, or can no longer be used. */
	boolean isBroken() {
		return this.journal.isBroken() || this.store.isClosed();
	}

	/** Commits what the journal has, and gives back some room of what was replaced. */
	void checkpoint() throws IOException {
		this.journal.checkpoint(this::commit);
		if (this.store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES)) {
			commit();
		}
	}

	private void commit() {
		this.store.commit();
		this.store.sync();
	}

	/** Commits all and closes the files, which takes no more room than is needed. */
	void close() throws IOException {
		checkpoint();
		this.journal.close();
		this.store.compactFile(COMPACT_ON_CLOSE_MILLIS);
		this.store.close();
	}

	/** Closes the files as they are; what was confirmed is in them. */
	void abandon() {
		this.store.closeImmediately();
		this.journal.abandon();
	}

}
