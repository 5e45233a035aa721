package dev.agora.graph.consistency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.graph.card.CardCache;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.watermark.DelayedReader;
import dev.agora.platform.watermark.ProjectionProgress;
import dev.agora.platform.watermark.ProjectionProgress.StoreProgress;
import dev.agora.platform.watermark.Reader;
import dev.agora.platform.watermark.WatermarkSweep;
import dev.agora.platform.watermark.Watermarks;

/** The topics that reads of graph-service depend on. */
@Configuration(proxyBeanMethods = false)
public class GraphSources {

	private static final String MEMBERS = "session.members.v1";

	private static final List<String> READS = List.of("/graph/members", "/graph/suggestions");

	private final Watermarks watermarks;

	private final WatermarkSweep sweep;

	GraphSources(Watermarks watermarks, WatermarkSweep sweep) {
		this.watermarks = watermarks;
		this.sweep = sweep;
	}

	/** A request that was interrupted has written the follow, but not its ties. */
	@Bean
	SourceProgress followProgress(Ties ties) {
		Reader group = group("graph.follow-ties", FollowEdges.TOPIC);
		TieCheck check = new TieCheck(ties, TieSide.FOLLOWING, TieSide.FOLLOWED_BY);
		return new ProjectionProgress(FollowEdges.TOPIC, READS, StoreProgress.of(group, check::hasApplied),
				List.of(group("graph.sets", FollowEdges.TOPIC), group));
	}

	@Bean
	SourceProgress blockProgress(Ties ties) {
		Reader group = group("graph.block-ties", BlockEdges.TOPIC);
		TieCheck check = new TieCheck(ties, TieSide.BLOCKING, TieSide.BLOCKED_BY);
		return new ProjectionProgress(BlockEdges.TOPIC, READS, StoreProgress.of(group, check::hasApplied),
				List.of(group));
	}

	/**
	 * A tie that was created with an older card is in line once its follow is applied.
	 */
	@Bean
	SourceProgress memberProgress(Reconciler<MemberCard> members, Clock clock) {
		Reader store = DelayedReader.untilReached(group("graph.members", MEMBERS),
				group("graph.follow-ties", FollowEdges.TOPIC), FollowEdges.TOPIC, this.sweep);
		Reader cards = DelayedReader.after(store, CardCache.LIFETIME.plus(Duration.ofSeconds(1)), clock);
		return new ProjectionProgress(MEMBERS, READS,
				StoreProgress.of(store, members::hasApplied).ofTypes(MemberProjection.eventTypes()), List.of(cards));
	}

	private Reader group(String name, String topic) {
		return this.watermarks.reader(name, topic);
	}

}
