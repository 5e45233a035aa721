/**
 * Suggestions of members whom a member may know: friends of friends. <pre>
 * read     SuggestionController > SuggestionReader: the stored list, or one computed now
 * compute  SuggestionComputation > rank.FriendScan > rank.Ranking > SuggestionFilter
 * store    store.SuggestionLists, store.Dismissals
 * refresh  refresh.RefreshSchedule submits a job > refresh.RefreshJob: lists that are due
 * </pre>
 */
@NullMarked
package dev.agora.graph.suggestion;

import org.jspecify.annotations.NullMarked;
