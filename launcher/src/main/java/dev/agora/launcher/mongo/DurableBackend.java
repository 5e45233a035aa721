package dev.agora.launcher.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;

/**
 * The store on disk, which answers a writing command only when the write is in a file.
 */
final class DurableBackend extends AbstractMongoBackend {

	private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify", "create",
			"createindexes", "dropindexes");

	/** They change more than documents, which is all that the journal notes. */
	private static final Set<String> STRUCTURAL = Set.of("drop", "dropdatabase");

	private static final int COMPACT_BELOW_PERCENT = 50;

	private static final int COMPACT_BYTES = 4 << 20;

	private static final int COMPACT_ON_CLOSE_MILLIS = 1500;

	private final MVStore store;

	private final Journal journal;

	DurableBackend(Path directory) throws IOException {
		// No commit but ours: one in the background may say it is done before it is.
		this.store = new MVStore.Builder().fileName(directory.resolve("documents.mv").toString())
			.autoCommitDisabled()
			.autoCommitBufferSize(0)
			.cacheSize(48)
			.open();
		this.store.setRetentionTime(2000);
		this.journal = Journal.open(directory, (change) -> Table.redo(this.store, change), this.store::commit);
		this.store.getMapNames()
			.stream()
			.filter((map) -> map.startsWith(StoredDatabase.PREFIX))
			.map((map) -> Utils.firstFragment(map.substring(StoredDatabase.PREFIX.length())))
			.distinct()
			.forEach(this::resolveDatabase);
	}

	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new StoredDatabase(name, this.store, this.journal, getCursorRegistry());
	}

	@Override
	public Document handleMessage(MongoMessage message) {
		Document query = message.getDocument();
		String command = query.keySet().iterator().next().toLowerCase(Locale.ROOT);
		try {
			return super.handleMessage(message);
		}
		finally {
			if (WRITES.contains(command) || isWritingPipeline(query)) {
				this.journal.await();
			}
			else if (STRUCTURAL.contains(command)) {
				checkpoint();
			}
		}
	}

	private static boolean isWritingPipeline(Document query) {
		String pipeline = query.containsKey("aggregate") ? String.valueOf(query.get("pipeline")) : "";
		return pipeline.contains("$out") || pipeline.contains("$merge");
	}

	/**
	 * Commits what the journal has, and gives back some of the room of what was replaced.
	 */
	synchronized void checkpoint() {
		try {
			this.journal.checkpoint(this.store::commit);
			if (this.store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES)) {
				this.store.commit();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The journal cannot be begun anew", ex);
		}
	}

	@Override
	public void close() {
		super.close();
		checkpoint();
		try {
			this.journal.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The journal cannot be closed", ex);
		}
		this.store.compactFile(COMPACT_ON_CLOSE_MILLIS);
		this.store.close();
	}

}
