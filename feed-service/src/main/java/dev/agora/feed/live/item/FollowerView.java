package dev.agora.feed.live.item;

import java.time.Instant;

import dev.agora.platform.member.MemberCard;

/**
 * A new follower, as the stream of the member whom they follow shows it.
 *
 * @param member the card of the follower
 * @param at the time at which they started to follow
 */
record FollowerView(MemberCard member, Instant at) {
}
