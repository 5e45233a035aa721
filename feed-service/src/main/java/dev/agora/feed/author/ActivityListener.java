package dev.agora.feed.author;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityEvent;
import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;

/**
 * Reconciles each new activity with its author, friend and product. The consumer group is
 * not that of the fan-out, so that it continues while Redis is unavailable. Few events
 * have work for it, so it waits a moment for several of them.
 */
public final class ActivityListener {

	private final EventStream events;

	private final Reconciler<MemberCard> members;

	private final Reconciler<ProductCard> products;

	public ActivityListener(EventStream events, Reconciler<MemberCard> members, Reconciler<ProductCard> products) {
		this.events = events;
		this.members = members;
		this.products = products;
	}

	@KafkaListener(topics = Activities.TOPIC, groupId = "feed.reconciler",
			properties = { "fetch.min.bytes=100000", "fetch.max.wait.ms=50" })
	void onActivities(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ActivityEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ActivityEvent> received) {
		return (received.event() instanceof ActivityEvent.Published published)
				? reconcileMember(received.id(), published.author())
					.then(reconcileMember(received.id(), published.friend()))
					.then(reconcileProduct(received.id(), published.product()))
				: Mono.empty();
	}

	private Mono<Void> reconcileMember(String id, @Nullable String memberId) {
		return (memberId != null) ? this.members.reconcile(id, memberId, Reconciler.FIRST_VERSION) : Mono.empty();
	}

	private Mono<Void> reconcileProduct(String id, @Nullable String productId) {
		return (productId != null) ? this.products.reconcile(id, productId, Reconciler.FIRST_VERSION) : Mono.empty();
	}

}
