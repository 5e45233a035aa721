package dev.agora.feed.fanout;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.PulledAuthor;
import dev.agora.feed.audience.PulledAuthors;
import dev.agora.platform.document.Projected;
import dev.agora.platform.id.IdGenerator;

/**
 * Decides how a large fan-out is delivered, and divides it into chunks.
 * <p>
 * An author with more followers than the threshold and its hysteresis is pulled. From
 * then on, each timeline that is built reads the author from the store, and the fan-out
 * marks the existing timelines instead of pushing the activity. Activities are left out
 * only after all timelines were marked. An author with fewer followers is pushed again at
 * once; the marked timelines still read the author from the store, and show an activity
 * that is in both places once.
 */
public final class FanOutPlanner {

	private static final int CONCURRENT_CHUNKS = 4;

	private final LargeFanOuts fanOuts;

	private final FollowProjection follows;

	private final PulledAuthors pulled;

	private final FanOutSettings settings;

	private final IdGenerator ids;

	public FanOutPlanner(LargeFanOuts fanOuts, FollowProjection follows, PulledAuthors pulled, FanOutSettings settings,
			IdGenerator ids) {
		this.fanOuts = fanOuts;
		this.follows = follows;
		this.pulled = pulled;
		this.settings = settings;
		this.ids = ids;
	}

	/**
	 * Plans a fan-out, unless it is planned or complete already.
	 * @param activity the activity's id
	 * @param publisher publishes a chunk
	 */
	Mono<Void> plan(String activity, Function<FanOutEvent.ChunkPlanned, Mono<Void>> publisher) {
		return this.fanOuts.find(activity)
			.filter((fanOut) -> !fanOut.isPlanned())
			.flatMap((fanOut) -> decide(fanOut.author())
				.flatMap((delivery) -> publish(new Plan(activity, fanOut.author(), this.ids.nextTransient(), delivery),
						publisher)));
	}

	private Mono<Void> publish(Plan plan, Function<FanOutEvent.ChunkPlanned, Mono<Void>> publisher) {
		Mono<Long> chunks = plan.delivery().isSkipped() ? Mono.just(0L)
				: this.follows.followersOf(plan.author())
					.buffer(this.settings.chunk())
					.index(plan::chunk)
					.flatMap((chunk) -> publisher.apply(chunk).thenReturn(chunk), CONCURRENT_CHUNKS)
					.count();
		return chunks.flatMap((count) -> this.fanOuts.change(plan.activity(),
				(fanOut) -> fanOut.plan(plan.id(), count.intValue(), plan.delivery().pull())));
	}

	private Mono<Delivery> decide(String author) {
		return this.follows.countFollowersOf(author, this.settings.maxPushed() + 1)
			.flatMap((followers) -> this.pulled.find(author).flatMap((known) -> decide(author, followers, known)));
	}

	private Mono<Delivery> decide(String author, long followers, Projected<PulledAuthor> known) {
		if (known.value() == null) {
			return (followers > this.settings.maxPushed())
					? this.pulled.pull(author, known.version()).then(this.pulled.find(author)).map(Delivery::of)
					: Mono.just(Delivery.PUSH);
		}
		return (followers < this.settings.minPulled())
				? this.pulled.push(author, known.version()).thenReturn(Delivery.PUSH) : Mono.just(Delivery.of(known));
	}

	/**
	 * How the activities of an author are delivered.
	 *
	 * @param isSkipped whether the timelines know that the author is pulled
	 * @param pull the version of the author's entry with which the timelines are marked,
	 * null if the activity is pushed
	 */
	private record Delivery(boolean isSkipped, @Nullable Long pull) {

		static final Delivery PUSH = new Delivery(false, null);

		static Delivery of(Projected<PulledAuthor> author) {
			@Nullable PulledAuthor pulled = author.value();
			if (pulled == null) {
				return PUSH;
			}
			return pulled.settled() ? new Delivery(true, null) : new Delivery(false, author.version());
		}

	}

	/** A plan whose chunks are being published. */
	private record Plan(String activity, String author, String id, Delivery delivery) {

		FanOutEvent.ChunkPlanned chunk(long number, List<String> members) {
			return new FanOutEvent.ChunkPlanned(this.activity, this.author, this.id, (int) number, members,
					this.delivery.pull());
		}

	}

}
