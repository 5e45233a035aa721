package dev.agora.embeddedmongo.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * The file of the store. A commit contains changes that no client has received a
 * confirmation of. So the file is written only after the journal has them: if the disk
 * refuses their records, the commit fails as well.
 */
final class StoreFile extends SingleFileStore {

	private static final int CACHE_MEGABYTES = 48;

	private volatile @Nullable Journal journal;

	private StoreFile() {
		super(Map.of("cacheSize", CACHE_MEGABYTES));
	}

	static StoreFile open(Path path) {
		StoreFile file = new StoreFile();
		file.open(path.toString(), false, (char[]) null);
		return file;
	}

	/** Lets each write wait for the journal. */
	void writeAfter(Journal first) {
		this.journal = first;
	}

	@Override
	protected void writeFully(SFChunk chunk, long position, ByteBuffer bytes) {
		Journal first = this.journal;
		if (first != null) {
			awaitSync(first);
		}
		super.writeFully(chunk, position, bytes);
	}

	private static void awaitSync(Journal first) {
		try {
			first.awaitSync();
		}
		catch (IOException ex) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED,
					"The journal does not have the changes of this commit", ex);
		}
	}

}
