package dev.agora.feed.activity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.TestActivities;
import dev.agora.platform.document.Change;
import dev.agora.platform.testing.TestMongoServer;

import static dev.agora.feed.TestActivities.AT;
import static dev.agora.feed.TestActivities.euros;
import static org.assertj.core.api.Assertions.assertThat;

/** Two instances handle the events of the same sources at the same time. */
class SourceActivitiesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestActivities world = new TestActivities(mongo);

	private final SourceActivities other = new SourceActivities(this.world.store, this.world.activities);

	private final Author ann = this.world.member("Ann");

	private final List<String> keys = IntStream.range(0, 50).mapToObj((i) -> "price:" + i).toList();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void keepsTheActivityOfTheNewerEvent() {
		Map<String, String> older = ids();
		Map<String, String> newer = ids();
		forEachKey((key) -> Mono.when(publish(this.world.sources, key, 2, older.get(key)),
				publish(this.other, key, 3, newer.get(key))));
		assertThat(published()).containsExactlyInAnyOrderElementsOf(newer.values());
	}

	@Test
	void keepsNoActivityIfTheNewerEventWithdrawsIt() {
		Map<String, String> older = ids();
		forEachKey((key) -> Mono.when(publish(this.world.sources, key, 2, older.get(key)),
				this.other.withdraw(new Source(key, 3))));
		assertThat(published()).isEmpty();
	}

	@Test
	void keepsTheActivityOfAnEventThatBothReceive() {
		Map<String, String> ids = ids();
		forEachKey((key) -> Mono.when(publish(this.world.sources, key, 2, ids.get(key)),
				publish(this.other, key, 2, ids.get(key))));
		assertThat(published()).containsExactlyInAnyOrderElementsOf(ids.values());
	}

	private Mono<Void> publish(SourceActivities sources, String key, long version, String id) {
		ActivityProduct product = new ActivityProduct(key, "A lamp", euros("10"), version);
		Change<Activity> reduction = Activity.reduction(this.ann, product, euros("20"), AT);
		return sources.publish(new Source(key, version), id, reduction);
	}

	private Map<String, String> ids() {
		Map<String, String> ids = new TreeMap<>();
		this.keys.forEach((key) -> ids.put(key, this.world.ids.next()));
		return ids;
	}

	private void forEachKey(Function<String, Mono<Void>> handling) {
		Flux.fromIterable(this.keys).flatMap(handling).blockLast();
	}

	private Collection<String> published() {
		return this.world.listOf(this.ann).stream().map(ActivityView::id).toList();
	}

}
