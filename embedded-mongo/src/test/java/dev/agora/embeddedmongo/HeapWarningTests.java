package dev.agora.embeddedmongo;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HeapWarningTests {

	private static final int MOST_BATCHES = 2_000;

	@TempDir
	private Path directory;

	private final AtomicBoolean warned = new AtomicBoolean();

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void namesTheOptionWhenTheHeapIsAlmostFull() throws Exception {
		try (MongoChild server = MongoChild.startWithHeap(this.directory, "24m")) {
			CompletableFuture<Void> writes = CompletableFuture.runAsync(() -> fill(server));
			assertThat(server.nextLine()).startsWith("The heap of 23 MiB is almost full").contains("--mongodb-memory");
			this.warned.set(true);
			server.kill();
			writes.join();
		}
	}

	private void fill(MongoChild server) {
		try {
			for (int batch = 0; batch < MOST_BATCHES && !this.warned.get(); batch++) {
				List<Document> documents = IntStream.range(0, 100).mapToObj((index) -> new Document()).toList();
				server.collection().insertMany(documents);
			}
		}
		catch (MongoException ex) {
			// The server has run out of memory, or the test has ended it.
			this.warned.set(true);
		}
	}

}
