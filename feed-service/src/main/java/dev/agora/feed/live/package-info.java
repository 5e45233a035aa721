/**
 * The live stream of a member: new activities of the home feed, new followers and ended
 * jobs, as server-sent events. Each instance reads the events of all instances and sends
 * them to the members who listen to it. The flow: Kafka > {@code TopicTail} >
 * {@code LiveHub} > {@code LiveLog}, {@code Listeners} > {@code LiveStream} >
 * {@code LiveController}.
 */
@NullMarked
package dev.agora.feed.live;

import org.jspecify.annotations.NullMarked;
