package dev.agora.graph.suggestion;

import dev.agora.platform.member.MemberCard;

/**
 * A suggestion in responses.
 *
 * @param member the suggested member
 * @param mutual the number of mutual friends
 */
record SuggestionView(MemberCard member, int mutual) {
}
