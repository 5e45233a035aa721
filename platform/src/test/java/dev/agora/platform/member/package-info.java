@NullMarked
package dev.agora.platform.member;

import org.jspecify.annotations.NullMarked;
