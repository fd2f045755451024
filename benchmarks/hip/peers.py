"""The same muscle paths in MuJoCo and in OpenSim, to compare answers and speed.

Both models are built from a LineSet in memory; nothing is read from their own model files. Cylinders are made
long, because ours are endless. Lines with ellipsoids are left out, and in MuJoCo lines that reach bodies
moved by a knee with sliding axes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deepsix.hip.knee import GRID_START_DEG, GRID_STEP_DEG
from deepsix.hip.lineset import CYLINDER, ELLIPSOID, LineSet, compile_rows

BODIES = ("pelvis", "femur", "tibia", "patella")
LONG_M = 2.0


def comparable(lines: LineSet, knee: bool) -> LineSet:
    """Return the lines a peer can hold: no ellipsoid, no conditional point, and no knee unless `knee`."""
    keep = [
        i
        for i, line in enumerate(lines.lines)
        if lines.wrap_shape[i] != ELLIPSOID
        and not line.is_conditional
        and (knee or not (line.crosses_knee or (line.wrap is not None and line.wrap.body == "tibia")))
    ]
    return compile_rows(lines, keep)


def _quaternion(frame: Any) -> str:
    import mujoco

    q = np.zeros(4)
    mujoco.mju_mat2Quat(q, np.ascontiguousarray(frame).ravel())
    return " ".join(f"{v:.17g}" for v in q)


def mujoco_model(lines: LineSet) -> Any:
    """Return a MuJoCo model whose tendons are the lines; qpos holds the three hip angles in radians."""
    import mujoco

    inside: dict[int, list[str]] = {0: [], 1: []}
    tendons = []
    for row, line in enumerate(lines.lines):
        route = []
        for j, i in enumerate(range(lines.start[row], lines.start[row + 1])):
            xyz = " ".join(f"{v:.17g}" for v in lines.position_m[i])
            inside[int(lines.body[i])].append(f'<site name="p{i}" pos="{xyz}"/>')
            route.append(f'<site site="p{i}"/>')
            if lines.wrap_shape[row] == CYLINDER and j == lines.wrap_segment[row]:
                centre = " ".join(f"{v:.17g}" for v in lines.wrap_centre_m[row])
                inside[int(lines.wrap_body[row])].append(
                    f'<geom name="w{row}" type="cylinder" size="{lines.wrap_radii_m[row, 0]:.17g} 0.5" '
                    f'pos="{centre}" quat="{_quaternion(lines.wrap_frame[row])}" mass="0.001"/>'
                )
                route.append(f'<geom geom="w{row}"/>')
        tendons.append(f'<spatial name="{line.id}">{"".join(route)}</spatial>')
    joints = "".join(
        f'<joint name="{n}" type="hinge" axis="{a}"/>'
        for n, a in (("flexion", "0 0 1"), ("adduction", "1 0 0"), ("rotation", "0 1 0"))
    )
    text = (
        '<mujoco><compiler angle="radian"/><option gravity="0 0 0"><flag contact="disable"/></option>'
        "<worldbody>"
        f'{"".join(inside[0])}<body name="femur">{joints}<inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/>'
        f"{''.join(inside[1])}</body></worldbody><tendon>{''.join(tendons)}</tendon></mujoco>"
    )
    return mujoco.MjModel.from_xml_string(text)


def mujoco_mechanics(model: Any, postures_deg: Any) -> tuple[Any, Any]:
    """Return lengths (n, m) and moment arms (n, m, 3) from MuJoCo."""
    import mujoco

    data = mujoco.MjData(model)
    length = np.empty((len(postures_deg), model.ntendon))
    arms = np.empty((len(postures_deg), model.ntendon, 3))
    dense = np.zeros((model.ntendon, model.nv))
    for n, posture in enumerate(np.deg2rad(np.asarray(postures_deg)[:, :3])):
        data.qpos[:] = posture
        mujoco.mj_kinematics(model, data)
        mujoco.mj_comPos(model, data)
        mujoco.mj_tendon(model, data)
        length[n] = data.ten_length
        arms[n] = -_jacobian(model, data, dense)
    return length, arms


def _jacobian(model: Any, data: Any, dense: Any) -> Any:
    import mujoco

    if np.size(data.ten_J) == dense.size:
        return np.asarray(data.ten_J).reshape(dense.shape)
    rownnz = getattr(data, "ten_J_rownnz", None)
    rowadr, colind = (data.ten_J_rowadr, data.ten_J_colind) if rownnz is not None else (None, None)
    if rownnz is None:
        rownnz, rowadr, colind = model.ten_J_rownnz, model.ten_J_rowadr, model.ten_J_colind
    mujoco.mju_sparse2dense(dense, np.asarray(data.ten_J).ravel(), rownnz, rowadr, np.asarray(colind).ravel())
    return dense


def _owned(thing: Any) -> Any:
    """Hand an object over to the OpenSim model, which frees it; Python must not free it again."""
    thing.thisown = False
    return thing


def _body(name: str) -> Any:
    import opensim

    return _owned(opensim.Body(name, 1.0, opensim.Vec3(0), opensim.Inertia(1, 1, 1)))


def opensim_model(lines: LineSet) -> tuple[Any, Any]:
    """Return an OpenSim model whose path actuators are the lines, and its state.

    Tibia and patella hang on the thigh by a joint per knee that reads its rotation and shift from our table,
    given to OpenSim as its own splines, so the knee is compared as geometry rather than as a curve fit.
    """
    import opensim

    opensim.Logger.setLevelString("Error")
    model = opensim.Model()
    ground = model.getGround()
    femur = _body("femur")
    model.addBody(femur)
    transform = opensim.SpatialTransform()
    for k, (name, axis) in enumerate((("flexion", (0, 0, 1)), ("adduction", (1, 0, 0)), ("rotation", (0, 1, 0)))):
        part = transform.updTransformAxis(k)
        part.setCoordinateNames(opensim.ArrayStr(name, 1))
        part.setAxis(opensim.Vec3(*axis))
        part.setFunction(_owned(opensim.LinearFunction(1.0, 0.0)))
    model.addJoint(_owned(opensim.CustomJoint("hip", ground, femur, transform)))
    bodies: dict[tuple[int, int], Any] = {}
    for k in range(lines.knee_matrix.shape[0]):
        for b in range(2):
            bodies[k, b] = _hang(model, femur, lines, k, b)

    def frame(body: int, knee: int) -> Any:
        return (ground, femur)[body] if body < 2 else bodies[knee, body - 2]

    for row, line in enumerate(lines.lines):
        actuator = _owned(opensim.PathActuator())
        actuator.setName(f"m{row}")
        knee = int(lines.knee[row])
        for i in range(lines.start[row], lines.start[row + 1]):
            where = opensim.Vec3(*map(float, lines.position_m[i]))
            actuator.addNewPathPoint(f"m{row}p{i}", frame(int(lines.body[i]), knee), where)
        if lines.wrap_shape[row] == CYLINDER:
            wrap = _owned(opensim.WrapCylinder())
            wrap.setName(f"w{row}")
            wrap.set_radius(float(lines.wrap_radii_m[row, 0]))
            wrap.set_length(LONG_M)
            wrap.set_translation(opensim.Vec3(*map(float, lines.wrap_centre_m[row])))
            assert line.wrap is not None
            wrap.set_xyz_body_rotation(opensim.Vec3(*map(float, np.deg2rad(line.wrap.rotation_deg))))
            wrap.set_quadrant("all")
            frame(int(lines.wrap_body[row]), knee).addWrapObject(wrap)
        model.addForce(actuator)
        if lines.wrap_shape[row] == CYLINDER:
            path = actuator.updGeometryPath()
            path.addPathWrap(wrap)
            for end in (0, 1):
                path.updWrapSet().get(0).set_range(end, int(lines.wrap_segment[row]) + 1 + end)
    model.finalizeConnections()
    return model, model.initSystem()


def _hang(model: Any, femur: Any, lines: LineSet, knee: int, which: int) -> Any:
    """Hang a body on the thigh whose Euler angles and shift follow our knee table."""
    import opensim

    name = f"{BODIES[2 + which]}_{knee}"
    body = _body(name)
    model.addBody(body)
    matrix, shift = lines.knee_matrix[knee, which, :, 0], lines.knee_shift_m[knee, which, :, 0]
    grid = np.deg2rad(GRID_START_DEG + GRID_STEP_DEG * np.arange(len(shift)))
    x = np.unwrap(np.arctan2(-matrix[:, 1, 2], matrix[:, 2, 2]))
    y = np.arcsin(np.clip(matrix[:, 0, 2], -1, 1))
    z = np.unwrap(np.arctan2(-matrix[:, 0, 1], matrix[:, 0, 0]))
    transform = opensim.SpatialTransform()
    for k, values in enumerate((x, y, z, *shift.T)):
        spline = opensim.SimmSpline()
        for a, b in zip(grid, values, strict=True):
            spline.addPoint(float(a), float(b))
        part = transform.updTransformAxis(k)
        part.setCoordinateNames(opensim.ArrayStr(f"k_{name}", 1))
        part.setAxis(opensim.Vec3(*map(float, np.eye(3)[k % 3])))
        part.setFunction(_owned(spline))
    model.addJoint(_owned(opensim.CustomJoint(f"j_{name}", femur, body, transform)))
    return body


def opensim_mechanics(model: Any, state: Any, postures_deg: Any, arms_too: bool = True) -> tuple[Any, Any]:
    """Return lengths (n, m) and moment arms (n, m, 4) from OpenSim."""
    import opensim

    coordinates = model.getCoordinateSet()
    names = [coordinates.get(i).getName() for i in range(coordinates.getSize())]
    hip = [coordinates.get(names.index(n)) for n in ("flexion", "adduction", "rotation")]
    knees = [coordinates.get(i) for i, n in enumerate(names) if n.startswith("k_")]
    forces = model.getForceSet()
    paths = [opensim.PathActuator.safeDownCast(forces.get(i)) for i in range(forces.getSize())]
    length = np.empty((len(postures_deg), len(paths)))
    arms = np.zeros((len(postures_deg), len(paths), 4))
    for n, posture in enumerate(np.deg2rad(postures_deg)):
        for coordinate, value in zip(hip, posture[:3], strict=True):
            coordinate.setValue(state, float(value), False)
        for coordinate in knees:
            coordinate.setValue(state, float(posture[3]), False)
        model.realizePosition(state)
        for m, path in enumerate(paths):
            length[n, m] = path.getLength(state)
            if arms_too:
                arms[n, m, :3] = [path.computeMomentArm(state, c) for c in hip]
                arms[n, m, 3] = sum(path.computeMomentArm(state, c) for c in knees)
    return length, arms
