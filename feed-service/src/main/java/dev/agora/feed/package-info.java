/**
 * Activities of members, and the home feeds built from them. The flow:
 * {@code PostController} > {@code Activity.post} > {@code Activities} > outbox > Kafka >
 * {@code FanOutListener} > {@code ActivityFanOut} > {@code FanOut} >
 * {@code TimelineCache}, by way of {@code LargeFanOutListener} for many followers; and
 * back by {@code TimelineController} > {@code Timelines} > {@code TimelineCache},
 * {@code ActivityCache}, {@code Activities}. Products, prices, reviews and friendships:
 * their listeners > {@code SourceActivities} > {@code Activities}. New names and deleted
 * members: {@code platform.member.MemberListener} >
 * {@code platform.projection.Reconciler} > {@code AuthorActivities} > {@code Activities}.
 */
@NullMarked
package dev.agora.feed;

import org.jspecify.annotations.NullMarked;
