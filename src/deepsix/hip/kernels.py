"""The same lengths and moment arms as the moment_arms module, compiled by Numba, one posture at a time.

Numba is an optional extra. Ellipsoid wraps are left to NumPy. The first call compiles for some seconds; the
result is cached on disk.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np

from deepsix.hip.knee import GRID_START_DEG, GRID_STEP_DEG
from deepsix.hip.lineset import ELLIPSOID, LineSet, compile_rows
from deepsix.hip.rotations import Array

WORTH_COMPILING: Final = 200_000  # postures times lines; below this NumPy is done before Numba is imported
MOST_POINTS: Final = 16


def is_available() -> bool:
    """Return whether Numba is installed."""
    return importlib.util.find_spec("numba") is not None


def _fill(
    postures: Any,
    start: Any,
    position: Any,
    body: Any,
    condition: Any,
    active: Any,
    wrap_shape: Any,
    wrap_segment: Any,
    wrap_body: Any,
    wrap_centre: Any,
    wrap_frame: Any,
    wrap_radii: Any,
    wrap_sense: Any,
    knee: Any,
    knee_matrix: Any,
    knee_shift: Any,
    grid_start: float,
    grid_step: float,
    length: Any,
    arms: Any,
) -> None:
    """Fill `length` (n, m) and `arms` (n, m, 4); arguments as in LineSet."""
    deg = math.pi / 180.0
    knees = knee_matrix.shape[0]
    grid = knee_matrix.shape[2]
    turn = np.zeros((knees, 2, 3, 3))
    slide = np.zeros((knees, 2, 3))
    turn_rate = np.zeros((knees, 2, 3, 3))
    slide_rate = np.zeros((knees, 2, 3))
    place = np.zeros((MOST_POINTS, 3))
    index = np.zeros(MOST_POINTS, dtype=np.int64)
    near_local = np.zeros(3)
    far_local = np.zeros(3)
    contact = np.zeros((2, 3))
    contact_rest = np.zeros((2, 3))
    scratch = np.zeros(3)
    last_knee = math.nan
    for n in range(postures.shape[0]):
        f, a, r, k = postures[n, 0] * deg, postures[n, 1] * deg, postures[n, 2] * deg, postures[n, 3]
        cf, sf, ca, sa, cr, sr = math.cos(f), math.sin(f), math.cos(a), math.sin(a), math.cos(r), math.sin(r)
        # R = Rz(f) Rx(a) Ry(r), row by row
        r00, r01, r02 = cf * cr - sf * sa * sr, -sf * ca, cf * sr + sf * sa * cr
        r10, r11, r12 = sf * cr + cf * sa * sr, cf * ca, sf * sr - cf * sa * cr
        r20, r21, r22 = -ca * sr, sa, ca * cr
        if k != last_knee:
            last_knee = k
            where = (k - grid_start) / grid_step
            g = min(max(int(where), 0), grid - 2)
            t = where - g
            h = grid_step * deg
            v0, v1 = (1 + 2 * t) * (1 - t) ** 2, t * t * (3 - 2 * t)
            v2, v3 = h * t * (1 - t) ** 2, -h * t * t * (1 - t)
            w0, w1 = 6 * t * (t - 1) / h, 6 * t * (1 - t) / h
            w2, w3 = (1 - t) * (1 - 3 * t), t * (3 * t - 2)
            for i in range(knees):
                for b in range(2):
                    for x in range(3):
                        p0, p1 = knee_shift[i, b, g, 0, x], knee_shift[i, b, g + 1, 0, x]
                        d0, d1 = knee_shift[i, b, g, 1, x], knee_shift[i, b, g + 1, 1, x]
                        slide[i, b, x] = v0 * p0 + v1 * p1 + v2 * d0 + v3 * d1
                        slide_rate[i, b, x] = w0 * p0 + w1 * p1 + w2 * d0 + w3 * d1
                        for y in range(3):
                            p0, p1 = knee_matrix[i, b, g, 0, x, y], knee_matrix[i, b, g + 1, 0, x, y]
                            d0, d1 = knee_matrix[i, b, g, 1, x, y], knee_matrix[i, b, g + 1, 1, x, y]
                            turn[i, b, x, y] = v0 * p0 + v1 * p1 + v2 * d0 + v3 * d1
                            turn_rate[i, b, x, y] = w0 * p0 + w1 * p1 + w2 * d0 + w3 * d1
        for m in range(start.shape[0] - 1):
            own = knee[m]
            used = 0
            for i in range(start[m], start[m + 1]):
                if condition[i] >= 0:
                    angle = k if condition[i] == 1 else postures[n, 0]
                    if angle < active[i, 0] or angle > active[i, 1]:
                        continue
                x, y, z = position[i, 0], position[i, 1], position[i, 2]
                if body[i] == 0:
                    place[used, 0] = r00 * x + r10 * y + r20 * z
                    place[used, 1] = r01 * x + r11 * y + r21 * z
                    place[used, 2] = r02 * x + r12 * y + r22 * z
                elif body[i] == 1:
                    place[used, 0], place[used, 1], place[used, 2] = x, y, z
                else:
                    b = body[i] - 2
                    for c in range(3):
                        place[used, c] = (
                            turn[own, b, c, 0] * x + turn[own, b, c, 1] * y + turn[own, b, c, 2] * z
                        ) + slide[own, b, c]
                index[used] = i
                used += 1
            total = 0.0
            m0 = m1 = m2 = m3 = 0.0
            for s in range(used - 1):
                i, j = index[s], index[s + 1]
                pieces = 1
                touched = False
                if wrap_shape[m] == 0 and i == start[m] + wrap_segment[m]:
                    wb = wrap_body[m]
                    for end in range(2):
                        q = s + end
                        px, py, pz = place[q, 0], place[q, 1], place[q, 2]
                        if wb == 0:
                            scratch[0] = r00 * px + r01 * py + r02 * pz
                            scratch[1] = r10 * px + r11 * py + r12 * pz
                            scratch[2] = r20 * px + r21 * py + r22 * pz
                        elif wb == 1:
                            scratch[0], scratch[1], scratch[2] = px, py, pz
                        else:
                            px -= slide[own, wb - 2, 0]
                            py -= slide[own, wb - 2, 1]
                            pz -= slide[own, wb - 2, 2]
                            for c in range(3):
                                scratch[c] = (
                                    turn[own, wb - 2, 0, c] * px
                                    + turn[own, wb - 2, 1, c] * py
                                    + turn[own, wb - 2, 2, c] * pz
                                )
                        for c in range(3):
                            value = 0.0
                            for d in range(3):
                                value += (scratch[d] - wrap_centre[m, d]) * wrap_frame[m, d, c]
                            if end == 0:
                                near_local[c] = value
                            else:
                                far_local[c] = value
                    radius = wrap_radii[m, 0]
                    pd = math.sqrt(near_local[0] ** 2 + near_local[1] ** 2)
                    qd = math.sqrt(far_local[0] ** 2 + far_local[1] ** 2)
                    inside = 0
                    if pd < radius or qd < radius:
                        inside = 1 if pd <= qd else 2
                        radius = max(2.0 * min(pd, qd) - radius, 0.0)
                    cross = near_local[0] * far_local[1] - near_local[1] * far_local[0]
                    swept = math.atan2(cross, near_local[0] * far_local[0] + near_local[1] * far_local[1])
                    if wrap_sense[m] > 0 and swept < -0.5 * math.pi:
                        swept += 2.0 * math.pi
                    elif wrap_sense[m] < 0 and swept > 0.5 * math.pi:
                        swept -= 2.0 * math.pi
                    ph, qh = math.acos(radius / max(pd, 1e-12)), math.acos(radius / max(qd, 1e-12))
                    arc = abs(swept) - ph - qh
                    if arc > 0.0 and radius > 0.0:
                        touched = True
                        pieces = 2
                        way = -1.0 if swept < 0.0 else 1.0
                        pt = math.sqrt(max(pd * pd - radius * radius, 0.0))
                        qt = math.sqrt(max(qd * qd - radius * radius, 0.0))
                        around = max(pt + radius * arc + qt, 1e-15)
                        along = far_local[2] - near_local[2]
                        whole = math.sqrt(around * around + along * along)
                        total += whole
                        if inside > 0 and wb + body[i if inside == 1 else j] == 1:
                            q = s + inside - 1
                            grip = 2.0 * arc * around / whole
                            if inside == 1:
                                lx, ly = -near_local[0] * grip / pd, -near_local[1] * grip / pd
                            else:
                                lx, ly = far_local[0] * grip / qd, far_local[1] * grip / qd
                            for c in range(3):
                                scratch[c] = wrap_frame[m, c, 0] * lx + wrap_frame[m, c, 1] * ly
                            ux, uy, uz = scratch[0], scratch[1], scratch[2]
                            if wb == 0:
                                ux = r00 * scratch[0] + r10 * scratch[1] + r20 * scratch[2]
                                uy = r01 * scratch[0] + r11 * scratch[1] + r21 * scratch[2]
                                uz = r02 * scratch[0] + r12 * scratch[1] + r22 * scratch[2]
                            fx, fy, fz = place[q, 0], place[q, 1], place[q, 2]
                            tx, ty, tz = fy * uz - fz * uy, fz * ux - fx * uz, fx * uy - fy * ux
                            m0 -= r20 * tx + r21 * ty + r22 * tz
                            m1 -= cr * tx + sr * tz
                            m2 -= ty
                        pa = math.atan2(near_local[1], near_local[0]) + way * ph
                        qa = math.atan2(far_local[1], far_local[0]) - way * qh
                        for end in range(2):
                            angle = pa if end == 0 else qa
                            lx, ly = radius * math.cos(angle), radius * math.sin(angle)
                            lz = near_local[2] + along * pt / around if end == 0 else far_local[2] - along * qt / around
                            for c in range(3):
                                contact_rest[end, c] = (
                                    wrap_frame[m, c, 0] * lx + wrap_frame[m, c, 1] * ly + wrap_frame[m, c, 2] * lz
                                ) + wrap_centre[m, c]
                            x, y, z = contact_rest[end, 0], contact_rest[end, 1], contact_rest[end, 2]
                            if wb == 0:
                                contact[end, 0] = r00 * x + r10 * y + r20 * z
                                contact[end, 1] = r01 * x + r11 * y + r21 * z
                                contact[end, 2] = r02 * x + r12 * y + r22 * z
                            elif wb == 1:
                                contact[end, 0], contact[end, 1], contact[end, 2] = x, y, z
                            else:
                                for c in range(3):
                                    contact[end, c] = (
                                        turn[own, wb - 2, c, 0] * x
                                        + turn[own, wb - 2, c, 1] * y
                                        + turn[own, wb - 2, c, 2] * z
                                    ) + slide[own, wb - 2, c]
                for piece in range(pieces):
                    nb = body[i] if piece == 0 else wrap_body[m]
                    fb = wrap_body[m] if touched and piece == 0 else body[j]
                    if touched and nb == fb:
                        continue
                    if touched and piece == 1:
                        nx, ny, nz = contact[1, 0], contact[1, 1], contact[1, 2]
                    else:
                        nx, ny, nz = place[s, 0], place[s, 1], place[s, 2]
                    if touched and piece == 0:
                        fx, fy, fz = contact[0, 0], contact[0, 1], contact[0, 2]
                    else:
                        fx, fy, fz = place[s + 1, 0], place[s + 1, 1], place[s + 1, 2]
                    ux, uy, uz = fx - nx, fy - ny, fz - nz
                    size = math.sqrt(ux * ux + uy * uy + uz * uz)
                    if not touched:
                        total += size
                    if nb == fb:
                        continue
                    inverse = 1.0 / max(size, 1e-15)
                    ux, uy, uz = ux * inverse, uy * inverse, uz * inverse
                    if nb == 0:
                        tx, ty, tz = fy * uz - fz * uy, fz * ux - fx * uz, fx * uy - fy * ux
                        m0 -= r20 * tx + r21 * ty + r22 * tz
                        m1 -= cr * tx + sr * tz
                        m2 -= ty
                    for end in range(2):
                        which = nb if end == 0 else fb
                        if which < 2:
                            continue
                        on_wrap = touched and ((piece == 0 and end == 1) or (piece == 1 and end == 0))
                        for c in range(3):
                            if on_wrap:
                                scratch[c] = contact_rest[1 - end, c]
                            else:
                                scratch[c] = position[i if end == 0 else j, c]
                        speed = 0.0
                        for c in range(3):
                            rate = slide_rate[own, which - 2, c]
                            for d in range(3):
                                rate += turn_rate[own, which - 2, c, d] * scratch[d]
                            if c == 0:
                                speed += ux * rate
                            elif c == 1:
                                speed += uy * rate
                            else:
                                speed += uz * rate
                        m3 -= speed if end == 1 else -speed
            length[n, m] = total
            arms[n, m, 0], arms[n, m, 1], arms[n, m, 2], arms[n, m, 3] = m0, m1, m2, m3


@cache
def _compiled() -> Callable[..., None]:
    import numba

    compiled: Callable[..., None] = numba.njit(cache=True, error_model="numpy")(_fill)
    return compiled


def compiled_mechanics(lines: LineSet, postures_deg: Array) -> tuple[Array, Array]:
    """Return lengths (n, m) and moment arms (n, m, 4) of checked postures (n, 4)."""
    from deepsix.hip.moment_arms import numpy_mechanics

    count = postures_deg.shape[0]
    length, arms = np.empty((count, len(lines))), np.empty((count, len(lines), 4))
    _compiled()(
        postures_deg,
        lines.start,
        lines.position_m,
        lines.body,
        lines.condition,
        lines.active_deg,
        lines.wrap_shape,
        lines.wrap_segment,
        lines.wrap_body,
        lines.wrap_centre_m,
        lines.wrap_frame,
        lines.wrap_radii_m,
        lines.wrap_sense,
        lines.knee,
        lines.knee_matrix,
        lines.knee_shift_m,
        GRID_START_DEG,
        GRID_STEP_DEG,
        length,
        arms,
    )
    for row in np.flatnonzero(lines.wrap_shape == ELLIPSOID):
        length[:, [row]], arms[:, [row]] = numpy_mechanics(compile_rows(lines, [int(row)]), postures_deg)
    return length, arms
