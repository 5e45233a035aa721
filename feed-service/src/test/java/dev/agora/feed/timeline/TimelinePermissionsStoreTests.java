package dev.agora.feed.timeline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Takes permissions from the user of Redis while home feeds are read and written. */
class TimelinePermissionsStoreTests {

	@Test
	void readsTheDatabaseWithoutPermissionForScripts() {
		try (FeedStores feed = new FeedStores()) {
			String ann = feed.ids.next();
			String bob = feed.ids.next();
			feed.follow(bob, ann);
			String first = feed.publish(ann);
			assertThat(feed.feed(bob, 10)).containsExactly(first);
			feed.redisServer.ask("ACL SETUSER default -@scripting");
			String second = feed.post(ann);
			assertThat(feed.feed(bob, 10)).containsExactly(second, first);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-@scripting", "-lpushx", "resetkeys ~other:*" })
	void retriesAFanOutUntilThePermissionIsGranted(String withdrawn) {
		try (FeedStores feed = new FeedStores()) {
			String ann = feed.ids.next();
			String bob = feed.ids.next();
			feed.follow(bob, ann);
			feed.feed(bob, 10);
			feed.redisServer.ask("ACL SETUSER default " + withdrawn);
			String id = feed.post(ann);
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.fanOut(id, ann));
			assertThat(feed.isRedisAvailable()).isTrue();
			feed.redisServer.ask("ACL SETUSER default ~* +@all");
			feed.fanOut(id, ann);
			assertThat(feed.raw(bob)).contains(id);
		}
	}

}
