package dev.agora.feed.timeline;

import java.util.Optional;
import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.feed.timeline.VisibleActivities.AuthorSelection;
import dev.agora.feed.timeline.VisibleActivities.Viewer;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Lists the caller's home feed, and the activities of one member. */
@RestController
public final class TimelineController {

	private final Timelines timelines;

	private final VisibleActivities activities;

	private final MemberProjection members;

	private final BlockFilter blocks;

	public TimelineController(Timelines timelines, VisibleActivities activities, MemberProjection members,
			BlockFilter blocks) {
		this.timelines = timelines;
		this.activities = activities;
		this.members = members;
		this.blocks = blocks;
	}

	@GetMapping("/feed")
	Mono<Page<RenderedActivity>> home(Caller caller, Consistency consistency, PageRequest request) {
		return (consistency == Consistency.STRONG) ? this.timelines.pageFromStore(caller.id(), request)
				: this.timelines.page(caller.id(), request);
	}

	/**
	 * The list is public. A caller from whom blocks hide the member receives an empty
	 * list, as if the member had done nothing.
	 */
	@GetMapping("/feed/members/{id}")
	Mono<Page<RenderedActivity>> member(@PathVariable String id, Optional<Caller> caller, Consistency consistency,
			PageRequest request) {
		Viewer viewer = new Viewer(caller.map(Caller::id), consistency);
		return this.members.require(id)
			.zipWith(isHidden(id, caller, consistency), (member, hidden) -> !hidden)
			.filter(Boolean::booleanValue)
			.flatMapMany((visible) -> this.activities.find(AuthorSelection.all(Set.of(id)), request.cursor(),
					request.limit() + 1, viewer))
			.take(request.limit() + 1L)
			.collectList()
			.map((activities) -> Page.cut(activities, request, RenderedActivity::id));
	}

	private Mono<Boolean> isHidden(String member, Optional<Caller> caller, Consistency consistency) {
		return Mono.justOrEmpty(caller)
			.flatMap((viewer) -> this.blocks.hides(viewer.id(), member, consistency))
			.defaultIfEmpty(false);
	}

}
