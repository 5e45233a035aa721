/**
 * What members did, and the home feeds made of it. The flow: {@code PostController} >
 * {@code Activity.post} > {@code Activities} > outbox > Kafka > {@code FanOutListener} >
 * {@code FanOut} > {@code TimelineCache}; and back by {@code TimelineController} >
 * {@code Timelines} > {@code TimelineCache}, {@code ActivityCache}, {@code Activities}.
 * New names, and members who leave: {@code upkeep.MemberListener} > {@code Members}, then
 * {@code upkeep.Upkeep} > {@code Activities}.
 */
@NullMarked
package dev.agora.feed;

import org.jspecify.annotations.NullMarked;
