package dev.agora.embeddedmongo.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A closed channel refuses records like a full disk. */
class JournalTests {

	@TempDir
	Path directory;

	private FileChannel channel;

	private Journal journal;

	@BeforeEach
	void open() throws IOException {
		Path file = this.directory.resolve("0.journal");
		this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		this.journal = new Journal(this.directory, new ArrayList<>(List.of(file)), new JournalFile(this.channel, 0));
	}

	@Test
	void confirmsAChangeOnTheDiskWhenALaterOneIsRefused() throws IOException {
		append("first");
		this.journal.awaitSync();
		inAnotherThread(() -> append("second"));
		this.channel.close();
		inAnotherThread(() -> {
			append("third");
			assertThatThrownBy(this.journal::awaitCommand).isInstanceOf(IOException.class);
		});
		assertThatCode(this.journal::awaitCommand).doesNotThrowAnyException();
		assertThat(replayed()).containsExactly("first");
	}

	@Test
	void refusesAReadOfAChangeThatIsRefused() throws IOException {
		inAnotherThread(() -> append("first"));
		this.channel.close();
		this.journal.startCommand();
		assertThatThrownBy(this.journal::awaitCommand).isInstanceOf(IOException.class);
	}

	@Test
	void commitsNoChangeWhoseRecordIsRefused() throws IOException {
		Path path = this.directory.resolve("documents.mv");
		StoreFile file = StoreFile.open(path);
		MVStore store = new MVStore.Builder().adoptFileStore(file).autoCommitDisabled().autoCommitBufferSize(0).open();
		JournaledMap map = JournaledMap.open(store, "map", this.journal);
		file.writeAfter(this.journal);
		map.put("first", new Document("_id", "first"));
		store.commit();
		map.put("second", new Document("_id", "second"));
		this.channel.close();
		assertThatThrownBy(store::commit).isInstanceOf(MVStoreException.class);
		store.closeImmediately();
		try (MVStore again = new MVStore.Builder().adoptFileStore(StoreFile.open(path)).autoCommitDisabled().open()) {
			assertThat(JournaledMap.open(again, "map", this.journal).documents().keySet()).containsExactly("first");
		}
	}

	@Test
	void reportsThatRefusedRecordsMayRemain() throws IOException {
		this.journal.requireUndone();
		append("first");
		this.channel.close();
		assertThatThrownBy(this.journal::awaitCommand).isInstanceOf(IOException.class);
		assertThatThrownBy(this.journal::requireUndone).hasMessageContaining("refused");
	}

	private void append(String id) {
		this.journal.startCommand();
		this.journal.append("map", id, new Document("_id", id), () -> true);
	}

	private static void inAnotherThread(Runnable command) {
		CompletableFuture.runAsync(command).join();
	}

	private List<String> replayed() throws IOException {
		List<String> ids = new ArrayList<>();
		Journal.open(this.directory, (change) -> ids.add(String.valueOf(change.get("id")))).close();
		return ids;
	}

}
