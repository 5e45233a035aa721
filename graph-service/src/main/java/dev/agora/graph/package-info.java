/**
 * The graph of members who follow and block each other. <pre>
 * request    gateway  TokenSwapFilter > limit > route                PUT path
 * controller follow.FollowController          both members exist?    > platform.member.MemberProjection > Follows
 * policy     follow.Follows                   no block between both? > FollowEdges > Separation > TieWriter
 * domain     edge.Follow.restart(), end()     Change(next, Started | Ended)          (JDK only)
 * store      edge.FollowEdges                 > platform.document.Documents.change: ONE update: value, version+1, push outbox[]
 * ties       count.TieWriter                  > tie.Ties, count.MemberGraphs: both members' sides of the edge, counted once
 * outbox     platform.kafka.OutboxRelay       finds outbox.0 > sends (acks=all, key=id) > pulls what was sent
 * Kafka      graph.follows.v1                 key = follower:followee; graph.blocks.v1, key = blocker:blocked
 * listen     follow.FollowListener            completes what a dead writer left, with the same steps
 * reconcile  platform.member.MemberListener   > platform.projection.Reconciler > follow.MemberTies; many ties: follow.MemberSweep
 * </pre>
 */
@NullMarked
package dev.agora.graph;

import org.jspecify.annotations.NullMarked;
