package dev.agora.feed.timeline;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.agora.feed.fanout.FanOutSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Fans out the activities of a batch, of authors with few and with many followers. */
class FanOutBatchStoreTests {

	private static FeedStores feed;

	private static String pulled;

	@BeforeAll
	static void start() {
		feed = new FeedStores(new FanOutSettings(1000, 0.1, 2));
		pulled = feed.ids.next();
		feed.fanOut.pulled.pull(pulled, 0).block();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@Test
	void readsNoFollowersOfAPulledAuthor() {
		String id = feed.post(pulled);
		int finds = feed.mongoServer.count("find", "follows");
		feed.fanOut.start(id, pulled);
		assertThat(feed.mongoServer.count("find", "follows")).isEqualTo(finds);
		assertThat(feed.fanOut.takeWork()).as("requests of large fan-outs").hasSize(1);
	}

}
