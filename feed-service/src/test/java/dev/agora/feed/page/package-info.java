/** Tests of the pages of home feeds that the caches serve. */
@NullMarked
package dev.agora.feed.page;

import org.jspecify.annotations.NullMarked;
